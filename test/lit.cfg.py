# How the FileCheck tests run: `ninja check-act`, or `lit build/test` for all and
# `lit build/test/Transforms` for one folder.
#
# Programs are found by name: ours first, then LLVM's. Substitutions:
#   %models      the folder of real networks; tests that use it say
#                `REQUIRES: shared-models`
#   %exit-code   `%exit-code 2 act-run …` passes when the program exits so; unlike
#                `not` it tells a refusal from a crash
#   %python      the Python that runs lit
#   %cc, %cxx    the compilers of the build
#   %act-tools   the folder of our programs, for tests that change the PATH
#   %act-plugin  the pass plugin for stock mlir-opt
#
# ACT_CHECK_ROUNDTRIP=1 in the environment makes every act-opt run print, parse
# and compare its module as well. ACT_CHECK_LONG=1 runs tests of minutes too.

import ctypes
import os
import re
import platform
import shutil
import sys

import lit.formats

config.name = "Actinium"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".c"]
# Networks and a project of its own, which tests use.
config.excludes = ["Inputs", "CMakeLists.txt", "models", "consumer", "bench"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.act_build_dir, "test")

config.environment["PATH"] = os.pathsep.join(
    [
        config.act_tools_dir,
        config.act_test_tools_dir,
        config.llvm_tools_dir,
        config.environment.get("PATH", ""),
    ]
)
# What tests leave behind stays in the build.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.act_build_dir, "cache")
config.environment["FILECHECK_OPTS"] = "-enable-var-scope"

exit_code = os.path.join(config.test_source_root, "exit_code.py")
config.substitutions += [
    ("%models", config.act_models_dir),
    ("%exit-code", f'"{sys.executable}" "{exit_code}"'),
    ("%python", f'"{sys.executable}"'),
    ("%cc", config.c_compiler),
    ("%cxx", config.cxx_compiler),
    ("%act-tools", config.act_tools_dir),
    ("%act-plugin", os.path.join(config.act_library_dir, "ActPlugin.so")),
]

if os.environ.get("ACT_CHECK_LONG") == "1":
    config.available_features.add("long")

if lit_config.params.get("roundtrip") or os.environ.get("ACT_CHECK_ROUNDTRIP") == "1":
    config.substitutions.append(
        (r"(?<![\w./%-])act-opt(?![\w.-])", "act-opt --verify-roundtrip")
    )

if config.act_models_dir and os.path.isdir(config.act_models_dir):
    config.available_features.add("shared-models")
if shutil.which("sollya"):
    config.available_features.add("sollya")
if config.act_catalogue == "ON":
    config.available_features.add("catalogue")
if os.path.exists(os.path.join(config.act_library_dir, "ActPlugin.so")):
    config.available_features.add("plugin")
for tool in ["act-opt", "act-compile", "act-run", "act-lint"]:
    if os.path.exists(os.path.join(config.act_tools_dir, tool)):
        config.available_features.add(tool)
for tool in ["act-bench", "act-bench-verifier"]:
    if os.path.exists(os.path.join(config.act_test_tools_dir, tool)):
        config.available_features.add(tool)
if platform.machine() in ("x86_64", "AMD64"):
    config.available_features.add("x86-host")
    # Code for a level runs only where the processor has it.
    try:
        with open("/proc/cpuinfo") as cpuinfo:
            flags = set(re.search(r"^flags\s*:(.*)$", cpuinfo.read(), re.M)[1].split())
    except (OSError, TypeError):
        flags = set()
    if {"avx2", "fma"} <= flags:
        config.available_features.add("x86-64-v3-host")
    if {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags:
        config.available_features.add("x86-64-v4-host")
try:
    ctypes.CDLL("libomp.so.5")
    config.available_features.add("libomp")
except OSError:
    pass
if shutil.which("mlir-opt", path=config.environment["PATH"]):
    config.available_features.add("mlir-opt")
