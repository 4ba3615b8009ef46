"""Decision values of scikit-learn for ClassifierTests: python classifiers.py > classifiers.json

Requires numpy and scikit-learn, which bundles LIBSVM and LIBLINEAR.
"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

rng = np.random.default_rng(3)
labels = (np.arange(60) % 3 == 0).astype(int)
samples = np.round(rng.normal(size=(60, 4)) + labels[:, None] * [1.5, -0.7, 0, 0.3], 3)
probes = np.round(rng.normal(size=(12, 4)), 3)
models = {
    "linear": SVC(kernel="linear", C=0.8),
    "radial": SVC(kernel="rbf", C=6.37, gamma=0.86),
    "radial_scale": SVC(kernel="rbf"),
    "polynomial": SVC(kernel="poly", degree=3, coef0=0.5, C=2),
    "balanced": SVC(kernel="rbf", gamma=0.3, class_weight="balanced"),
    "logistic": LogisticRegression(solver="liblinear", C=1, tol=1e-4),
    "logistic_balanced": LogisticRegression(solver="liblinear", C=3, class_weight="balanced"),
}
print(json.dumps({
    "labels": labels.tolist(), "samples": samples.tolist(), "probes": probes.tolist(),
    "decisions": {n: v.fit(samples, labels).decision_function(probes).tolist() for n, v in models.items()},
}, separators=(",", ":")))
