"""Where a point of a flattened page stands on the page as the viewer shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.model.passage import Box

Homography = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
"""Rows of a 3 × 3 matrix that maps ``(x, y, 1)``, up to scale."""

IDENTITY_HOMOGRAPHY: Homography = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class PageWarp:
    """The way back from a flattened page to the page as the viewer shows it, both in points."""

    matrix: Homography = IDENTITY_HOMOGRAPHY
    """Flattened → viewer."""

    def map_box(self, box: Box) -> Box:
        """Return the smallest upright box on the viewer's page that holds a box of the flattened one."""
        x0, top, x1, bottom = box
        corners = np.array([[x0, top, 1], [x1, top, 1], [x1, bottom, 1], [x0, bottom, 1]])
        mapped = corners @ np.array(self.matrix).T
        points = mapped[:, :2] / mapped[:, 2:]
        (left, up), (right, down) = points.min(axis=0), points.max(axis=0)
        return (float(left), float(up), float(right), float(down))


def invert_flattening(flatten_matrix: np.ndarray, seen_scale: float, flat_scale: float) -> PageWarp:
    """Return the warp that undoes ``flatten``.

    Args:
        flatten: matrix from pixels of the image as seen to pixels of the flattened one.
        seen: pixels per point of the image as seen.
        flat: pixels per point of the flattened image.
    """
    inverse = (
        np.diag([1 / seen_scale, 1 / seen_scale, 1.0])
        @ np.linalg.inv(flatten_matrix)
        @ np.diag([flat_scale, flat_scale, 1.0])
    )
    rows = (inverse / inverse[2, 2]).tolist()
    return PageWarp((tuple(rows[0]), tuple(rows[1]), tuple(rows[2])))
