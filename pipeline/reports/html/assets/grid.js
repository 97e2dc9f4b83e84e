// The matrices: filters, and moving about by arrows. A cell is one stop of the Tab key for the whole table.
const GRIDS = [...document.querySelectorAll('.matrix')].map((box) => {
  const table = box.querySelector('table');
  const grid = {
    box,
    table,
    heads: [...table.tHead.rows[0].cells].slice(1),
    lines: [...table.tBodies[0].rows].map((row) => ({
      row,
      name: row.cells[0].textContent.toLowerCase(),
      cells: [...row.cells].slice(1),
    })),
    at: null,
  };
  table.setAttribute('role', 'grid');
  table.setAttribute('aria-describedby', 'matrix-keys');
  for (const line of grid.lines) {
    line.troubled = line.row.querySelector('.m-differs, .m-absent, .m-unreadable') !== null;
  }
  table.addEventListener('click', (event) => openCell(event.target.closest('td')));
  table.addEventListener('keydown', (event) => moved(grid, event));
  table.addEventListener('focusin', (event) => entered(grid, event.target.closest('td')));
  return grid;
});

function openCell(cell) {
  if (!cell || !cell.dataset.i) return;
  reach(cell);
  const table = cell.closest('table');
  const column = table.tHead.rows[0].cells[cell.cellIndex].firstElementChild.textContent;
  showIndicators(cell.dataset.i.split(' ').map(Number), column, cell.parentNode.cells[0].textContent);
}

/** Give a cell the focus; thousands of cells get what that needs only when their turn comes. */
function reach(cell) {
  if (!cell.hasAttribute('tabindex')) cell.tabIndex = -1;
  cell.focus();
}

function entered(grid, cell) {
  if (!cell || cell === grid.at) return;
  if (grid.at) grid.at.tabIndex = -1;
  cell.tabIndex = 0;
  if (cell.dataset.i) cell.setAttribute('aria-haspopup', 'dialog');
  grid.at = cell;
}

function moved(grid, event) {
  const cell = event.target.closest('td');
  if (!cell || event.ctrlKey && !['Home', 'End'].includes(event.key) || event.altKey || event.metaKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    openCell(cell);
    return;
  }
  const lines = grid.lines.filter((line) => !line.row.hidden);
  const columns = grid.heads.map((head, place) => place).filter((place) => !grid.heads[place].hidden);
  let y = lines.findIndex((line) => line.row === cell.parentNode);
  let x = columns.indexOf(cell.cellIndex - 1);
  const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], PageUp: [0, -10], PageDown: [0, 10]};
  if (event.key in steps) {
    x += steps[event.key][0];
    y += steps[event.key][1];
  } else if (event.key === 'Home') {
    x = 0;
    if (event.ctrlKey) y = 0;
  } else if (event.key === 'End') {
    x = columns.length - 1;
    if (event.ctrlKey) y = lines.length - 1;
  } else {
    return;
  }
  event.preventDefault();
  const within = (value, most) => Math.max(0, Math.min(value, most));
  reach(lines[within(y, lines.length - 1)].cells[columns[within(x, columns.length - 1)]]);
}

/** Show one group, and of it what the filters leave. */
function filterMatrix() {
  if (!GRIDS.length) return;
  const chosen = $('matrix-group') ? Number($('matrix-group').value) : 0;
  GRIDS.forEach((grid, place) => { grid.box.hidden = place !== chosen; });
  const grid = GRIDS[chosen];
  const [row, column] = [$('matrix-row'), $('matrix-column')].map((field) => field.value.trim().toLowerCase());
  let shown = 0;
  for (const line of grid.lines) {
    line.row.hidden = !line.name.includes(row) || ($('matrix-troubled').checked && !line.troubled);
    shown += line.row.hidden ? 0 : 1;
  }
  let columns = 0;
  grid.heads.forEach((head, place) => {
    const hidden = !head.firstElementChild.textContent.toLowerCase().includes(column);
    columns += hidden ? 0 : 1;
    if (head.hidden === hidden) return;
    head.hidden = hidden;
    for (const line of grid.lines) line.cells[place].hidden = hidden;
  });
  stop(grid);
  $('matrix-count').textContent = word('rows_shown', {rows: shown, all: grid.lines.length, columns});
}

/** Keep one cell that the Tab key reaches. */
function stop(grid) {
  if (grid.at && !grid.at.hidden && !grid.at.parentNode.hidden) return;
  const line = grid.lines.find((one) => !one.row.hidden);
  entered(grid, line ? line.cells.find((cell) => !cell.hidden) : null);
}
