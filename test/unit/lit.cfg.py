# The GoogleTest programs, each a test of its own: named Act…Tests by
# act_add_unittest and found in the build folder.

import os

import lit.formats

config.name = "Actinium-Unit"
config.test_format = lit.formats.GoogleTest(".", "Tests")
config.suffixes = []
config.test_exec_root = os.path.join(config.act_build_dir, "test", "unit")
config.test_source_root = config.test_exec_root
config.environment["PATH"] = os.pathsep.join(
    [config.act_tools_dir, config.environment.get("PATH", "")]
)
