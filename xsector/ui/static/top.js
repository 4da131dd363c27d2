// Brings the start of a new section into view and tells a screen reader where it is.
export default function ({ data, parentElement }) {
  const before = parentElement.xsectorPlace;
  parentElement.xsectorPlace = data.place;
  parentElement.textContent = data.place;
  parentElement.tabIndex = -1;
  if (before === undefined || before === data.place) return;
  const room = parentElement.closest('[data-testid="stMain"]');
  if (room) room.scrollTo({ top: 0 });
  parentElement.focus({ preventScroll: true });
}
