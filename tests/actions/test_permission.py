"""Who may do what; every action and report is tried by everybody in ``tests/test_role_matrix.py``."""

from dataclasses import replace

import pytest

from tests.build import account, open_house, partnership
from xsector.actions.permission import OPERATOR, convening, known, leading, leading_round
from xsector.errors.common import NotAllowedError
from xsector.model.partner import Role
from xsector.store import accounts
from xsector.store.engine import reading, writing


def test_whoever_runs_commands_on_the_server_leads_everything(engine):
    house = open_house(engine)

    with reading(engine) as session:
        assert leading(session, account=OPERATOR, partnership_id=house.partnership.id) == house.partnership
        assert convening(session, account=OPERATOR, partnership_id=house.partnership.id) == house.partnership
        assert leading_round(session, account=OPERATOR, round_id=house.round.id).title == "Spring"


@pytest.mark.parametrize("changed", [{"id": 0}, {"id": 999}, {"role": Role.CONVENER}, {"role": Role.PARTNER}])
def test_an_account_that_is_not_as_it_says_is_nobody(engine, changed):
    dana, fay = account(engine), account(engine, "Fay", role=Role.FACILITATOR)
    made = partnership(engine, by=dana)
    with writing(engine) as session:
        accounts.make_steward(session, partnership_id=made.id, account_id=fay.id)
        known(session, account=fay)
        leading(session, account=fay, partnership_id=made.id)

    with reading(engine) as session:
        with pytest.raises(NotAllowedError):
            known(session, account=replace(fay, **changed))
        with pytest.raises(NotAllowedError):
            leading(session, account=replace(fay, **changed), partnership_id=made.id)
