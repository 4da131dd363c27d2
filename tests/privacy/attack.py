#!/usr/bin/env python3
"""attack.py - what can a reader of the released tables infer about one person's answer?

Exact (sound AND complete) inference for released count tables, means, bands and denials.
Pure standard library.  Kerckhoffs: the attacker knows the roster, who was counted in every release,
the release rule, and (option) the answers of a coalition of insiders.  He sees EVERY release ever made.

INPUT (JSON, file or stdin)
{ "questions": {"q1": {"levels": ["1","2","3","4","5"], "poles": [["1","2"],["3"],["4","5"]]}},
  "people":    [{"id":"p1","sector":"gov","org":"City"}, ...],            # optional, only for the report
  "releases":  [
     {"q":"q1","members":["p1","p2","p3#2"], "counts":{"1":2,"3":1}},     # full histogram, absent level = 0
     {"q":"q1","members":[...], "partial":{"1":2}},                       # only these levels are shown
     {"q":"q1","members":[...], "mean":2.33,"decimals":2},                # rounded mean of numeric levels
     {"q":"q1","members":[...], "sum":14},
     {"q":"q1","members":[...], "bounds":{"1":[0,2]}},                    # interval per level
     {"q":"q1","members":[...], "at_least":{"levels":["1","2"],"n":4}},   # "nearly everyone ..."
     {"q":"q1","members":[...], "denied_if":{"groups":[["1"],["2"]],"n":5}}  # suppressed BECAUSE some group count >= n
  ],
  "insiders": {"p1": {"q1":"3"}} }
"p3#2" = the second version of p3's answer (an edit).  A question "q1@2" is round 2 of q1; with --stable the
attacker assumes people who are counted in both rounds did not change their mind.

OUTPUT per (question, person-version): the set of answers still possible, the guaranteed confidence of the best
guess, and the verdict: EXACT (1 value left) / POLE (all values left lie in one pole) / ok.
Exit status 1 when anything is EXACT (or POLE with --pole).

METHOD  people with the same membership signature over all releases of a question are exchangeable for the
attacker, so the unknowns are the integers n[class][level].  Each release is a linear constraint on them.  Value v
is possible for person i  <=>  the system with n[class(i)][v] >= 1 is feasible.  Feasibility is decided by
bounds propagation + depth-first search (finite domains => exact).
"""

import argparse, json, math, random, sys, time
from collections import defaultdict
from fractions import Fraction


# ---------------------------------------------------------------- exact finite-domain solver
class Infeasible(Exception):
    pass


class Budget(Exception):
    pass


class Solver:
    """variables 0..n-1 with integer bounds; constraints lo <= sum coef*x <= hi; disjunctions of constraints."""

    def __init__(s, ub):
        s.lo = [0] * len(ub)
        s.hi = list(ub)
        s.cons = []
        s.disj = []
        s.nodes = 0
        s.max_nodes = 20000

    def add(s, terms, lo, hi):
        s.cons.append((tuple(terms), lo, hi))

    def any_of(s, alts):
        s.disj.append(alts)  # alts: list of (terms, lo, hi)

    @staticmethod
    def _prop(lo, hi, cons):
        ch = True
        while ch:
            ch = False
            for terms, L, H in cons:
                mn = mx = 0
                for v, a in terms:
                    if a >= 0:
                        mn += a * lo[v]
                        mx += a * hi[v]
                    else:
                        mn += a * hi[v]
                        mx += a * lo[v]
                if mn > H or mx < L:
                    raise Infeasible
                if mn >= L and mx <= H:
                    continue
                for v, a in terms:
                    if a == 0 or lo[v] == hi[v]:
                        continue
                    if a > 0:
                        rmn = mn - a * lo[v]
                        rmx = mx - a * hi[v]
                        nh = (H - rmn) // a
                        nl = -((rmx - L) // a)
                    else:
                        rmn = mn - a * hi[v]
                        rmx = mx - a * lo[v]
                        nl = -((H - rmn) // -a)
                        nh = (rmx - L) // -a
                    if nl > lo[v] or nh < hi[v]:
                        ol, oh = lo[v], hi[v]
                        lo[v] = max(ol, nl)
                        hi[v] = min(oh, nh)
                        ch = True
                        if lo[v] > hi[v]:
                            raise Infeasible
                        if a > 0:
                            mn += a * (lo[v] - ol)
                            mx += a * (hi[v] - oh)
                        else:
                            mn += a * (hi[v] - oh)
                            mx += a * (lo[v] - ol)

    def solve(s, extra=()):
        """one solution or None"""
        for sol in s.solutions(extra, limit=1):
            return sol
        return None

    def solutions(s, extra=(), limit=None):
        n = 0
        for cons in s._expand(list(s.cons) + list(extra)):
            for sol in s._dfs(list(s.lo), list(s.hi), cons):
                yield sol
                n += 1
                if limit and n >= limit:
                    return

    def _expand(s, cons, i=0):
        if i == len(s.disj):
            yield cons
            return
        for alt in s.disj[i]:
            yield from s._expand(cons + [alt], i + 1)

    def _dfs(s, lo, hi, cons):
        s.nodes += 1
        if s.nodes > s.max_nodes:
            raise Budget
        try:
            s._prop(lo, hi, cons)
        except Infeasible:
            return
        b = None
        w = None
        for v in range(len(lo)):
            d = hi[v] - lo[v]
            if d > 0 and (w is None or d < w):
                b, w = v, d
        if b is None:
            yield tuple(lo)
            return
        for val in range(lo[b], hi[b] + 1):
            l2 = list(lo)
            h2 = list(hi)
            l2[b] = h2[b] = val
            yield from s._dfs(l2, h2, cons)


# ---------------------------------------------------------------- the attack
def _signatures(members_list):
    sig = defaultdict(list)
    for j, ms in enumerate(members_list):
        for m in ms:
            sig[m].append(j)
    classes = defaultdict(list)
    for m, js in sig.items():
        classes[tuple(js)].append(m)
    return classes


def _rank_rows(rows):
    """row-reduce over Q -> basis as list of Fractions"""
    M = [[Fraction(x) for x in r] for r in rows]
    r = 0
    nc = len(M[0]) if M else 0
    piv = []
    for c in range(nc):
        p = next((i for i in range(r, len(M)) if M[i][c] != 0), None)
        if p is None:
            continue
        M[r], M[p] = M[p], M[r]
        iv = M[r][c]
        M[r] = [x / iv for x in M[r]]
        for i in range(len(M)):
            if i != r and M[i][c] != 0:
                f = M[i][c]
                M[i] = [a - f * b for a, b in zip(M[i], M[r])]
        piv.append(c)
        r += 1
    return M[:r], piv


def _in_span(basis, piv, vec):
    v = [Fraction(x) for x in vec]
    for row, c in zip(basis, piv):
        if v[c] != 0:
            f = v[c]
            v = [a - f * b for a, b in zip(v, row)]
    return all(x == 0 for x in v)


def structure(releases, k, org=None, m=1):
    """answer-independent audit (the TWINS RULE): classes of people no release ever told apart."""
    cl = _signatures([r["members"] for r in releases])
    order = list(cl)
    rows = [[1 if j in sig else 0 for sig in order] for j in range(len(releases))]
    basis, piv = _rank_rows(rows) if rows else ([], [])
    out = []
    for i, sig in enumerate(order):
        ms = cl[sig]
        orgs = {org.get(x.split("#")[0], x) for x in ms} if org else set(ms)
        if len(ms) < k or len(orgs) < m:
            vec = [1 if a == i else 0 for a in range(len(order))]
            out.append(
                dict(
                    members=sorted(ms),
                    size=len(ms),
                    orgs=len(orgs),
                    isolated_by_linear_algebra=_in_span(basis, piv, vec),
                )
            )
    return dict(min_class=min((len(v) for v in cl.values()), default=None), classes=len(cl), violations=out)


def _build(q, spec, rels, insiders):
    levels = [str(x) for x in spec["levels"]]
    L = len(levels)
    ix = {v: i for i, v in enumerate(levels)}
    known = {}
    mem = []
    for r in rels:
        mem.append([str(x) for x in r["members"]])
    allm = {x for ms in mem for x in ms}
    for p, a in insiders.items():
        for qq, v in a.items():
            if qq == q:
                for x in allm:
                    if x == p or (x.split("#")[0] == p and "#" not in p and x not in insiders):
                        known[x] = str(v)
    unk = [[x for x in ms if x not in known] for ms in mem]
    kn = [[known[x] for x in ms if x in known] for ms in mem]
    cl = _signatures(unk)
    order = sorted(cl, key=lambda s: (len(s), s))
    var = {}
    ub = []
    for ci, sig in enumerate(order):
        for vi in range(L):
            var[ci, vi] = len(ub)
            ub.append(len(cl[sig]))
    S = Solver(ub)
    for ci, sig in enumerate(order):
        S.add([(var[ci, vi], 1) for vi in range(L)], len(cl[sig]), len(cl[sig]))
    BIG = 10**9

    def cells(j):
        return [ci for ci, sig in enumerate(order) if j in sig]

    def kc(j, lvls):
        return sum(1 for v in kn[j] if v in lvls)

    dup = set()
    for j, r in enumerate(rels):
        key = (
            tuple(sorted(mem[j])),
            json.dumps({a: b for a, b in r.items() if a != "members" and a != "t"}, sort_keys=True),
        )
        if key in dup:
            continue  # the same table shown twice says nothing new
        dup.add(key)
        cs = cells(j)

        def cnt(lvls):
            return [(var[ci, ix[v]], 1) for ci in cs for v in lvls]

        if "counts" in r:
            c = {str(a): b for a, b in r["counts"].items()}
            for v in levels:
                S.add(cnt([v]), c.get(v, 0) - kc(j, [v]), c.get(v, 0) - kc(j, [v]))
        if "partial" in r:
            for v, c in r["partial"].items():
                S.add(cnt([str(v)]), c - kc(j, [str(v)]), c - kc(j, [str(v)]))
        if "bounds" in r:
            for v, (a, b) in r["bounds"].items():
                S.add(cnt([str(v)]), a - kc(j, [str(v)]), b - kc(j, [str(v)]))
        if "at_least" in r:
            g = [str(x) for x in r["at_least"]["levels"]]
            S.add(cnt(g), r["at_least"]["n"] - kc(j, g), BIG)
        if "at_most" in r:
            g = [str(x) for x in r["at_most"]["levels"]]
            S.add(cnt(g), -BIG, r["at_most"]["n"] - kc(j, g))
        if "denied_if" in r:
            S.any_of(
                [
                    (cnt([str(x) for x in g]), r["denied_if"]["n"] - kc(j, [str(x) for x in g]), BIG)
                    for g in r["denied_if"]["groups"]
                ]
            )
        if "mean" in r or "sum" in r:
            num = [Fraction(v) for v in levels]
            den = 1
            for f in num:
                den = den * f.denominator // math.gcd(den, f.denominator)
            n = len(mem[j])
            ks = sum(Fraction(v) for v in kn[j])
            terms = [(var[ci, vi], int(num[vi] * den)) for ci in cs for vi in range(L)]
            if "sum" in r:
                lo = hi = Fraction(str(r["sum"]))
            else:
                d = r.get("decimals", 2)
                e = Fraction(1, 2 * 10**d)
                mid = Fraction(str(r["mean"]))
                lo = (mid - e) * n
                hi = (mid + e) * n
            S.add(terms, math.ceil((lo - ks) * den), math.floor((hi - ks) * den))
    # nested differences of interval sums (means)
    sums = []
    for j, r in enumerate(rels):
        if "mean" in r or "sum" in r:
            n = len(mem[j])
            ks = sum(Fraction(v) for v in kn[j])
            if "sum" in r:
                lo = hi = Fraction(str(r["sum"]))
            else:
                d = r.get("decimals", 2)
                e = Fraction(1, 2 * 10**d)
                mid = Fraction(str(r["mean"]))
                lo = (mid - e) * n
                hi = (mid + e) * n
            if all(Fraction(v).denominator == 1 for v in levels):
                lo = Fraction(math.ceil(lo))
                hi = Fraction(math.floor(hi))
            sums.append((set(cells(j)), lo - ks, hi - ks))
    for a, (ca, la, ha) in enumerate(sums):
        for b, (cb, lb, hb) in enumerate(sums):
            if a != b and cb < ca and all(Fraction(v).denominator == 1 for v in levels):
                S.add(
                    [(var[ci, vi], int(levels[vi])) for ci in ca - cb for vi in range(L)],
                    math.ceil(la - hb),
                    math.floor(ha - lb),
                )
    # redundant constraints that make propagation strong: (1) row-reduced system of all full histograms, (2) nested differences
    full = [j for j, r in enumerate(rels) if "counts" in r]
    rows = []
    for j in full:
        c = {str(a): b for a, b in rels[j]["counts"].items()}
        rows.append([1 if j in sig else 0 for sig in order] + [c.get(v, 0) - kc(j, [v]) for v in levels])
    uniq = []
    seen = set()
    for r_ in rows:
        if tuple(r_) not in seen:
            seen.add(tuple(r_))
            uniq.append(r_)
    nc = len(order)

    def addrow(row):
        d = 1
        for f in row:
            d = d * f.denominator // math.gcd(d, f.denominator)
        co = [int(f * d) for f in row]
        if not any(co[:nc]):
            return
        for vi in range(L):
            S.add([(var[ci, vi], co[ci]) for ci in range(nc) if co[ci]], co[nc + vi], co[nc + vi])

    if uniq:
        M = [[Fraction(x) for x in r] for r in uniq]
        rr = 0
        for c in range(nc):
            p = next((i for i in range(rr, len(M)) if M[i][c] != 0), None)
            if p is None:
                continue
            M[rr], M[p] = M[p], M[rr]
            iv = M[rr][c]
            M[rr] = [x / iv for x in M[rr]]
            for i in range(len(M)):
                if i != rr and M[i][c] != 0:
                    f = M[i][c]
                    M[i] = [a - f * b for a, b in zip(M[i], M[rr])]
            rr += 1
        for row in M[:rr]:
            addrow(row)
    return S, var, order, cl, levels, known


def attack(t, pole=True, posterior=False, stable=False, limit=20000):
    """-> list of findings, one per (question, class of indistinguishable people)"""
    ins = t.get("insiders", {}) or {}
    by = defaultdict(list)
    for r in t["releases"]:
        q = r["q"].split("@")[0] if stable else r["q"]
        by[q].append(r)
    res = []
    for q, rels in by.items():
        spec = t["questions"].get(q) or t["questions"][q.split("@")[0]]
        insq = {p: {(qq.split("@")[0] if stable else qq): v for qq, v in a.items()} for p, a in ins.items()}
        S, var, order, cl, levels, known = _build(q, spec, rels, insq)
        L = len(levels)
        wit = set()
        over = False
        try:
            s0 = S.solve()
            if s0 is None:
                res.append(dict(q=q, verdict="INCONSISTENT", members=[], values=[]))
                continue

            def note(sol):
                for ci in range(len(order)):
                    for vi in range(L):
                        if sol[var[ci, vi]] > 0:
                            wit.add((ci, vi))

            note(s0)
            for ci in range(len(order)):
                for vi in range(L):
                    if (ci, vi) in wit:
                        continue
                    S.nodes = 0
                    try:
                        s1 = S.solve([(((var[ci, vi], 1),), 1, 10**9)])
                        if s1:
                            note(s1)
                    except Budget:
                        wit.add((ci, vi))
                        over = True  # not decided: count it as possible
            post = None
            if posterior:
                acc = defaultdict(float)
                tot = 0.0
                n = 0
                S.nodes = 0
                for sol in S.solutions(limit=limit):
                    w = 1.0
                    for ci, sig in enumerate(order):
                        m = math.factorial(len(cl[sig]))
                        for vi in range(L):
                            m //= math.factorial(sol[var[ci, vi]])
                        w *= m
                    tot += w
                    n += 1
                    for ci, sig in enumerate(order):
                        for vi in range(L):
                            acc[ci, vi] += w * sol[var[ci, vi]] / len(cl[sig])
                post = {kk: v / tot for kk, v in acc.items()} if n < limit else None
            for ci, sig in enumerate(order):
                V = [levels[vi] for vi in range(L) if (ci, vi) in wit]
                # guaranteed share of the best guess inside the class
                best = None
                conf = 0.0
                for vi in range(L):
                    if (ci, vi) not in wit:
                        continue
                    lo = 0
                    while lo < len(cl[sig]):
                        S.nodes = 0
                        try:
                            if S.solve([(((var[ci, vi], 1),), -(10**9), lo)]):
                                break
                        except Budget:
                            over = True
                            break
                        lo += 1
                    if lo / len(cl[sig]) > conf:
                        conf = lo / len(cl[sig])
                        best = levels[vi]
                poles = spec.get("poles")
                inpole = bool(poles) and any(set(V) <= set(map(str, p)) for p in poles)
                f = dict(
                    q=q,
                    members=sorted(cl[sig]),
                    size=len(cl[sig]),
                    values=V,
                    verdict="EXACT" if len(V) == 1 else ("POLE" if inpole else "ok"),
                    confidence=round(conf, 3),
                    best=best,
                    undecided=over,
                )
                if post:
                    f["posterior"] = {levels[vi]: round(post.get((ci, vi), 0), 3) for vi in range(L)}
                res.append(f)
        except Budget:
            res.append(dict(q=q, verdict="BUDGET", members=[], values=[]))
    return res


def summary(findings):
    s = dict(exact=0, pole=0, ok=0, budget=0, inconsistent=0, conf80=0)
    for f in findings:
        n = len(f["members"])
        if f["verdict"] == "EXACT":
            s["exact"] += n
        elif f["verdict"] == "POLE":
            s["pole"] += n
        elif f["verdict"] == "ok":
            s["ok"] += n
        elif f["verdict"] == "BUDGET":
            s["budget"] += 1
        else:
            s["inconsistent"] += 1
        if f.get("undecided"):
            s["budget"] += 1
        if f.get("confidence", 0) >= 0.8:
            s["conf80"] += n
    return s


def brute(t, q):
    """reference: enumerate every assignment (tiny cases only) - used to test attack()"""
    import itertools

    spec = t["questions"][q]
    lv = [str(x) for x in spec["levels"]]
    rel = [r for r in t["releases"] if r["q"] == q]
    ids = sorted({str(x) for r in rel for x in r["members"]})
    ins = t.get("insiders", {})
    poss = defaultdict(set)
    for a in itertools.product(lv, repeat=len(ids)):
        x = dict(zip(ids, a))
        if any(p in x and q in v and x[p] != str(v[q]) for p, v in ins.items()):
            continue
        ok = True
        for r in rel:
            vals = [x[str(m)] for m in r["members"]]
            c = lambda g: sum(v in g for v in vals)
            if "counts" in r and any(c([v]) != r["counts"].get(v, 0) for v in lv):
                ok = False
            if "partial" in r and any(c([v]) != n for v, n in r["partial"].items()):
                ok = False
            if "bounds" in r and any(not a <= c([v]) <= b for v, (a, b) in r["bounds"].items()):
                ok = False
            if "at_least" in r and c(r["at_least"]["levels"]) < r["at_least"]["n"]:
                ok = False
            if "denied_if" in r and not any(c(g) >= r["denied_if"]["n"] for g in r["denied_if"]["groups"]):
                ok = False
            if "mean" in r:
                d = r.get("decimals", 2)
                e = Fraction(1, 2 * 10**d)
                if abs(Fraction(sum(map(int, vals)), len(vals)) - Fraction(str(r["mean"]))) > e:
                    ok = False
            if not ok:
                break
        if ok:
            for p, v in x.items():
                poss[p].add(v)
    return poss


def selftest(n=300, seed=1):
    rnd = random.Random(seed)
    bad = 0
    for it in range(n):
        N = rnd.randint(2, 6)
        lv = ["1", "2", "3"][: rnd.randint(2, 3)]
        ids = [f"p{i}" for i in range(N)]
        x = {p: rnd.choice(lv) for p in ids}
        rel = []
        for _ in range(rnd.randint(1, 4)):
            ms = [p for p in ids if rnd.random() < 0.7] or ids[:1]
            c = {v: sum(x[p] == v for p in ms) for v in lv}
            kind = rnd.choice(["counts", "partial", "mean", "bounds", "at_least", "denied_if"])
            r = dict(q="q", members=ms)
            if kind == "counts":
                r["counts"] = c
            elif kind == "partial":
                v = rnd.choice(lv)
                r["partial"] = {v: c[v]}
            elif kind == "mean":
                r["mean"] = round(float(Fraction(sum(int(x[p]) for p in ms), len(ms))), 1)
                r["decimals"] = 1
            elif kind == "bounds":
                v = rnd.choice(lv)
                r["bounds"] = {v: [max(0, c[v] - 1), c[v] + 1]}
            elif kind == "at_least":
                v = max(lv, key=lambda u: c[u])
                r["at_least"] = {"levels": [v], "n": max(0, c[v] - 1)}
            else:
                r["denied_if"] = {"groups": [[v] for v in lv], "n": max(c.values())}
            rel.append(r)
        t = dict(questions={"q": {"levels": lv}}, releases=rel)
        if rnd.random() < 0.4:
            p = rnd.choice(ids)
            t["insiders"] = {p: {"q": x[p]}}
        b = brute(t, "q")
        got = {}
        for f in attack(t):
            for m in f["members"]:
                got[m] = set(f["values"])
        for p in b:
            if p in t.get("insiders", {}):
                continue
            if got.get(p) != b[p]:
                bad += 1
                print("MISMATCH", it, p, got.get(p), b[p], t)
                break
    return bad


def main(argv=None):
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("file", nargs="?")
    a.add_argument("-k", type=int, default=5)
    a.add_argument("--orgs", type=int, default=1)
    a.add_argument("--stable", action="store_true")
    a.add_argument("--posterior", action="store_true")
    a.add_argument("--pole", action="store_true")
    a.add_argument("--selftest", action="store_true")
    a.add_argument("--json", action="store_true")
    o = a.parse_args(argv)
    if o.selftest:
        t0 = time.time()
        b = selftest()
        print(f"selftest: {b} mismatches against brute force in 300 random transcripts ({time.time() - t0:.1f}s)")
        return 1 if b else 0
    t = json.load(open(o.file) if o.file else sys.stdin)
    f = attack(t, posterior=o.posterior, stable=o.stable)
    s = summary(f)
    org = {p["id"]: p.get("org", p["id"]) for p in t.get("people", [])}
    st = {}
    for q in sorted({r["q"].split("@")[0] if o.stable else r["q"] for r in t["releases"]}):
        st[q] = structure(
            [r for r in t["releases"] if (r["q"].split("@")[0] if o.stable else r["q"]) == q], o.k, org, o.orgs
        )
    if o.json:
        print(json.dumps(dict(summary=s, findings=f, structure=st), indent=1))
    else:
        for x in f:
            print(
                f"{x['verdict']:7} {x['q']:8} n={x.get('size', 0):<3} conf={x.get('confidence', 0):<5} values={','.join(x['values'])}  {' '.join(x['members'])}"
            )
        for q, z in st.items():
            print(
                f"twins rule k={o.k} {q}: smallest class {z['min_class']}, {'OK' if not z['violations'] else 'VIOLATED'}"
            )
            for v in z["violations"]:
                print("   ", v)
        print(s)
    return 1 if s["exact"] or (o.pole and s["pole"]) else 0


if __name__ == "__main__":
    sys.exit(main())
