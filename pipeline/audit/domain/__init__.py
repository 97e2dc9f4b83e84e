"""Knowledge of the domain that rules share: numbers, periods, deadlines, damage."""
