"""What Optuna answers on recorded histories, as search.json: run `python search.py > search.json`.

Needs optuna==5.0.0, numpy and scikit-learn.
"""

import json
import logging
import math
import random
import sys
import warnings

import numpy
import optuna
from optuna.distributions import CategoricalDistribution as Choices
from optuna.distributions import FloatDistribution as Float
from optuna.distributions import IntDistribution as Int
from optuna.distributions import distribution_to_json
from optuna.samplers import TPESampler
from optuna.samplers._tpe import _truncnorm
from optuna.samplers._tpe import sampler as tpe
from optuna.trial import TrialState, create_trial

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)
optuna.logging.set_verbosity(optuna.logging.ERROR)
chance = random.Random(1)

SPACES = {
    "course": {
        "rate": Float(1e-5, 1e-2, log=True),
        "decay": Float(1e-6, 1e-2, log=True),
        "optimizer": Choices(["sgd", "adam", "adamw"]),
        "batch": Choices([16, 32, 64]),
    },
    "mixed": {
        "a": Float(-1.0, 2.0),
        "b": Int(1, 200000),
        "c": Int(1000, 500000, log=True),  # NumPy sorts equal numbers in any order
        "d": Choices([None, True, 0.5, "x"]),
    },
    "stepped": {"dropout": Float(0.2, 0.7, step=0.1)},
    "kernel": {"kernel": Int(3, 9, step=2)},
    "filters": {"filters": Int(8, 512, log=True)},
}


def number(value):
    """JSON has no infinities."""
    if value is None:
        return None
    if math.isnan(value):
        return "nan"
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def draw(space):
    sampler = optuna.samplers.RandomSampler(seed=chance.randrange(1 << 30))
    study = optuna.create_study(sampler=sampler)
    trial = study.ask(space)
    return {name: trial.params[name] for name in space}


def internal(space, params):
    return {name: space[name].to_internal_repr(params[name]) for name in params}


def history(space, count, direction, states):
    study = optuna.create_study(direction=direction)
    for index in range(count):
        params = draw(space)
        state = states[index % len(states)]
        reports = {step: chance.random() for step in range(1, 2 + chance.randrange(5))}
        value = chance.choice([0.25, 0.5, chance.random(), chance.random()])
        if state is TrialState.PRUNED and index % 7 == 3:
            reports = {}
        if state is TrialState.PRUNED and index % 7 == 5:
            reports[9] = float("nan")
        study.add_trial(
            create_trial(
                state=state,
                params=params,
                distributions=space,
                intermediate_values=reports,
                value=value if state is TrialState.COMPLETE else None,
            )
        )
    return study


def recorded(trial, space):
    return {
        "number": trial.number,
        "state": {"fail": "failed"}.get(trial.state.name.lower(), trial.state.name.lower()),
        "parameters": internal(space, trial.params),
        "reports": [[step, number(value)] for step, value in trial.intermediate_values.items()],
        "value": number(trial.value) if trial.state is TrialState.COMPLETE else None,
    }


def densities():
    complete, pruned = TrialState.COMPLETE, TrialState.PRUNED
    cases = [
        ("course", 12, "maximize", [complete]),
        ("course", 60, "maximize", [complete, complete, pruned, complete, TrialState.FAIL]),
        ("course", 300, "minimize", [complete]),
        ("mixed", 1, "minimize", [complete]),
        ("mixed", 40, "minimize", [complete, pruned]),
        ("mixed", 30, "maximize", [pruned]),
        ("mixed", 45, "maximize", [complete, TrialState.RUNNING, pruned]),
        ("stepped", 20, "maximize", [complete]),
        ("kernel", 22, "minimize", [complete, pruned]),
        ("filters", 24, "maximize", [complete]),
    ]
    for name, count, direction, states in cases:
        space = SPACES[name]
        study = history(space, count, direction, states)
        sampler = TPESampler(seed=1)
        trials = [t for t in study.trials if t.state is not TrialState.FAIL]
        n = sum(t.state is not TrialState.RUNNING for t in trials)
        below, above = tpe._split_trials(study, trials, tpe.default_gamma(n))
        good = sampler._build_parzen_estimator(study, space, below, handle_below=True)
        bad = sampler._build_parzen_estimator(study, space, above, handle_below=False)
        points = [internal(space, draw(space)) for _ in range(12)]
        arrays = {key: numpy.array([p[key] for p in points]) for key in space}
        yield {
            "name": f"{name} {count} {direction}",
            "direction": direction,
            "space": {key: json.loads(distribution_to_json(d)) for key, d in space.items()},
            "trials": [recorded(t, space) for t in study.trials],
            "good": [t.number for t in below],
            "points": points,
            "logGood": good.log_pdf(arrays).tolist(),
            "logBad": bad.log_pdf(arrays).tolist(),
        }


def suggestions():
    """The deciles of 3000 suggestions after one history."""
    space = {"x": Float(1e-5, 1e-2, log=True), "y": Float(0.0, 1.0), "z": Choices(["a", "b", "c"])}
    study = history(space, 30, "maximize", [TrialState.COMPLETE])
    drawn = {name: [] for name in space}
    for seed in range(3000):
        sampler = TPESampler(seed=seed)
        params = sampler._sample(study, create_trial(state=TrialState.RUNNING), space)
        for name, value in internal(space, params).items():
            drawn[name].append(value)
    return {
        "space": {key: json.loads(distribution_to_json(d)) for key, d in space.items()},
        "trials": [recorded(t, space) for t in study.trials],
        "deciles": {
            name: numpy.quantile(drawn[name], numpy.arange(1, 10) / 10).tolist() for name in "xy"
        },
        "choices": [drawn["z"].count(index) / 3000 for index in range(3)],
    }


PRUNERS = [
    ("percentile", dict(percentile=50.0)),
    ("percentile", dict(percentile=50.0, n_startup_trials=2, n_warmup_steps=3)),
    ("percentile", dict(percentile=25.0, n_startup_trials=0, n_warmup_steps=1, interval_steps=3)),
    ("percentile", dict(percentile=70.0, n_min_trials=4)),
    ("halving", dict()),
    ("halving", dict(min_resource=2, reduction_factor=2)),
    ("halving", dict(min_resource=1, reduction_factor=3, min_early_stopping_rate=1)),
    ("halving", dict(min_resource=1, bootstrap_count=3)),
]


def pruning():
    for kind, arguments in PRUNERS:
        for direction in ["maximize", "minimize"]:
            make = {
                "percentile": optuna.pruners.PercentilePruner,
                "halving": optuna.pruners.SuccessiveHalvingPruner,
            }[kind]
            study = optuna.create_study(direction=direction, pruner=make(**arguments))
            trials = []
            for index in range(40):
                trial = study.ask()
                level = chance.random()
                reports, isPruned = [], False
                for step in range(1, 13):
                    if chance.random() < 0.15:
                        continue
                    value = round(level + 0.3 * chance.random(), 2)
                    if chance.random() < 0.04:
                        value = float("nan")
                    if chance.random() < 0.02:
                        value = float("inf")
                    trial.report(value, step)
                    isPruned = bool(trial.should_prune())
                    reports.append([step, number(value), isPruned])
                    if isPruned:
                        break
                if isPruned:
                    study.tell(trial, state=TrialState.PRUNED)
                else:
                    study.tell(trial, level)
                trials.append(reports)
            yield {
                "kind": kind, "arguments": arguments, "direction": direction, "trials": trials,
            }


def tree():
    """One tree's variances, by Optuna's own walk."""
    from optuna.importance._fanova._tree import _FanovaTree
    from sklearn.tree import DecisionTreeRegressor

    generator = numpy.random.default_rng(1)
    rows = generator.uniform(size=(40, 3)).round(4)
    rows[:, 2] = generator.integers(0, 2, size=40)
    targets = rows[:, 0] ** 2 + rows[:, 0] * rows[:, 1] + 0.3 * rows[:, 2]
    targets += 0.01 * generator.normal(size=40)
    fitted = DecisionTreeRegressor(random_state=0).fit(rows, targets)
    walk = _FanovaTree(fitted.tree_, numpy.array([[0.0, 1.0]] * 3))
    nodes = fitted.tree_

    def leaves(node, low, high):
        if nodes.feature[node] < 0:
            return [{"low": low, "high": high, "value": float(nodes.value[node][0][0])}]
        column, threshold = int(nodes.feature[node]), float(nodes.threshold[node])
        below, above = list(high), list(low)
        below[column] = above[column] = threshold
        return leaves(nodes.children_left[node], low, below) + leaves(
            nodes.children_right[node], above, high
        )

    return {
        "leaves": leaves(0, [0.0] * 3, [1.0] * 3),
        "variance": walk.variance,
        "variances": [walk.get_marginal_variance(numpy.array(f)) for f in ([0], [1], [2], [0, 2])],
    }


def importance():
    space = {
        "rate": Float(0.0, 1.0), "width": Int(1, 64), "optimizer": Choices(["sgd", "adam", "adamw"]),
        "noise": Float(0.0, 1.0), "fixed": Int(3, 3),
    }
    study = optuna.create_study(direction="maximize")
    for _ in range(120):
        params = draw(space)
        value = 2 * params["rate"] - (params["width"] / 64) ** 2
        value += {"sgd": 0.0, "adam": 0.5, "adamw": 0.8}[params["optimizer"]]
        study.add_trial(create_trial(params=params, distributions=space, value=value))
    evaluations = [
        optuna.importance.FanovaImportanceEvaluator(seed=seed).evaluate(study) for seed in range(5)
    ]
    return {
        "space": {key: json.loads(distribution_to_json(d)) for key, d in space.items()},
        "trials": [recorded(t, space) for t in study.trials],
        "shares": {n: float(numpy.mean([e[n] for e in evaluations])) for n in space},
    }


def truncated():
    cases = []
    for a, b in [(-1, 2), (-30, -25), (4, 9), (0, 1), (-0.001, 0.001), (-8, 8), (20, 21)]:
        for q in [0.001, 0.3, 0.5, 0.9, 0.9999]:
            cases.append({
                "a": a, "b": b, "q": q,
                "mass": float(_truncnorm._log_gauss_mass(numpy.array([a * 1.0]), numpy.array([b * 1.0]))[0]),
                "x": float(_truncnorm.ppf(numpy.array([q]), a * 1.0, b * 1.0)[0]),
            })
    return cases


json.dump({
    "optuna": optuna.__version__,
    "densities": list(densities()),
    "suggestions": suggestions(),
    "pruning": list(pruning()),
    "tree": tree(),
    "importance": importance(),
    "truncated": truncated(),
}, sys.stdout)
