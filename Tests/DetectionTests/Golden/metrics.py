"""Metrics of scikit-learn, SciPy and NumPy for MetricTests: python metrics.py > metrics.json

Requires numpy, scipy, scikit-learn. The value is null where scikit-learn warns that a metric is undefined,
and for the balanced accuracy of a single class, which it reports as the recall of that class.
"""
import json
import warnings

import numpy as np
from scipy.interpolate import interp1d
from scipy.optimize import brentq
from scipy.special import expit
from sklearn import metrics as m

rng = np.random.default_rng(7)


def random(count, share, spread, step=None):
    labels = (rng.random(count) < share).astype(int)
    scores = rng.normal(size=count) + spread * (labels - 0.5)
    if step:
        scores = np.round(scores / step) * step
    return scores, labels


def quiet(figure):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = float(figure())
        except (UserWarning, ValueError, RuntimeWarning):
            return None
    return value if np.isfinite(value) else None


def calibration_error(p, y):
    bins = np.minimum((p * 15).astype(int), 14)
    return sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in set(bins))


def equal_error(y, s):
    false_alarms, recall, _ = m.roc_curve(y, s, drop_intermediate=False)
    return brentq(lambda x: 1 - x - interp1d(false_alarms, recall)(x), 0, 1, xtol=1e-15)


def case(name, scores, labels, threshold=0.5):
    s, y = np.asarray(scores, float), np.asarray(labels)
    p = expit(s)
    called = (p >= threshold).astype(int)
    one = len(set(y)) < 2
    metrics = {
        "accuracy": quiet(lambda: m.accuracy_score(y, called)),
        "balanced_accuracy": None if one else quiet(lambda: m.balanced_accuracy_score(y, called)),
        "precision": quiet(lambda: m.precision_score(y, called)),
        "recall": quiet(lambda: m.recall_score(y, called)),
        "f1": quiet(lambda: m.f1_score(y, called)),
        "roc_auc": None if one else quiet(lambda: m.roc_auc_score(y, s)),
        "average_precision": quiet(lambda: m.average_precision_score(y, s)),
        "equal_error_rate": None if one else quiet(lambda: equal_error(y, s)),
        "brier": quiet(lambda: m.brier_score_loss(y, p, pos_label=1)),
        "calibration_error": quiet(lambda: calibration_error(p, y)),
        "log_loss": quiet(lambda: m.log_loss(y, p, labels=[0, 1])),
    }
    confusion = m.confusion_matrix(y, called, labels=[0, 1]).ravel().tolist()
    curve = None
    if not one:
        false_alarms, recall, _ = m.roc_curve(y, s, drop_intermediate=False)
        curve = [false_alarms.tolist(), recall.tolist()]
    return {"name": name, "scores": s.tolist(), "labels": y.tolist(), "threshold": threshold,
            "metrics": metrics, "confusion": confusion, "roc": curve}


cases = [
    case("even", *random(200, 0.5, 1.5)),
    case("skewed", *random(300, 0.07, 2), threshold=0.8),
    case("useless", *random(100, 0.5, 0)),
    case("backwards", *random(80, 0.5, -2)),
    case("ties", *random(150, 0.4, 1, step=0.5), threshold=0.3),
    case("many ties", *random(150, 0.6, 1, step=2)),
    case("far out", *(lambda s, y: (s * 60, y))(*random(60, 0.5, 2))),
    case("all equal", [0.25] * 10, [0, 1] * 5),
    case("all equal and called real", [-0.25] * 10, [0, 1] * 5),
    case("perfect", [-2, -1, 1, 2], [0, 0, 1, 1]),
    case("all wrong", [-2, -1, 1, 2], [1, 1, 0, 0]),
    case("fakes alone", [-1, 0.5, 2], [1, 1, 1]),
    case("fakes alone, all called real", [-1, -0.5, -2], [1, 1, 1]),
    case("reals alone", [-1, 0.5, 2], [0, 0, 0]),
    case("reals alone, all called real", [-1, -0.5, -2], [0, 0, 0]),
    case("one fake", [0.3], [1]),
    case("one of each, tied", [0.3, 0.3], [1, 0]),
]
print(json.dumps({"cases": cases}, separators=(",", ":")))
