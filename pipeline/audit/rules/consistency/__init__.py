"""Family K: consistency between kecamatan and between levels."""
