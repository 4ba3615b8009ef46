#!/usr/bin/env python3
"""Checkpoints of PyTorch for the tests of safetensors_from_pth.py.

    pip install torch safetensors && python3 pickles.py
"""
import torch
from safetensors.torch import save_file

weight = torch.arange(12.0).reshape(3, 4)
state = {"module.a.weight": weight.t(), "module.a.half": weight[1:].half(),
         "module.b": torch.nn.Parameter(torch.tensor([1.0, -2.0]).bfloat16()), "module.steps": torch.tensor(7)}
torch.save({"state_dict": state, "epoch": 3}, "archive.pth")
torch.save(state, "stream.pth", _use_new_zipfile_serialization=False)
torch.save({"layer": torch.nn.Linear(1, 1)}, "module.pth")
save_file({name.removeprefix("module."): value.detach().contiguous() for name, value in state.items()},
          "pickled.safetensors")
