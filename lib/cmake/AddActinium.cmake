# act_add_library, act_add_tool and act_tablegen: how the parts are declared.

set(ACT_COMPILE_OPTIONS -Wall -Wextra -Wno-unused-parameter -fno-exceptions)
if(NOT LLVM_ENABLE_RTTI)
  list(APPEND ACT_COMPILE_OPTIONS $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
endif()
if(ACT_WARNINGS_AS_ERRORS)
  list(APPEND ACT_COMPILE_OPTIONS -Werror)
endif()
set(ACT_LINK_OPTIONS "")
if(ACT_SANITIZE)
  list(APPEND ACT_COMPILE_OPTIONS -fsanitize=${ACT_SANITIZE}
       -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  list(APPEND ACT_LINK_OPTIONS -fsanitize=${ACT_SANITIZE})
endif()

# The include folders, definitions and warnings every target shares.
function(_act_common_properties target)
  target_compile_options(${target} PRIVATE ${ACT_COMPILE_OPTIONS})
  target_link_options(${target} PRIVATE ${ACT_LINK_OPTIONS})
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endfunction()

# What most files that stand on MLIR include, parsed once for libraries and once
# for programs (-fPIC and -fPIE do not mix): two to four times as fast as parsing
# it in each file. Files still include what they use: the dev preset builds
# without this.
set(ACT_PRECOMPILED_HEADERS
  <mlir/Dialect/Arith/IR/Arith.h>
  <mlir/Dialect/Func/IR/FuncOps.h>
  <mlir/Dialect/Linalg/IR/Linalg.h>
  <mlir/Dialect/Math/IR/Math.h>
  <mlir/Dialect/Tensor/IR/Tensor.h>
  <mlir/IR/Matchers.h>
  <mlir/IR/PatternMatch.h>
  <mlir/Pass/PassManager.h>)
set(ACT_NOTHING ${CMAKE_CURRENT_BINARY_DIR}/nothing.cpp)
file(CONFIGURE OUTPUT ${ACT_NOTHING} CONTENT "")
foreach(target ActLibraryHeaders ActProgramHeaders)
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${ACT_NOTHING})
  _act_common_properties(${target})
  target_include_directories(${target} SYSTEM PRIVATE
    ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
  target_precompile_headers(${target} PRIVATE ${ACT_PRECOMPILED_HEADERS})
endforeach()
set_target_properties(ActProgramHeaders PROPERTIES POSITION_INDEPENDENT_CODE OFF)
target_compile_options(ActProgramHeaders PRIVATE ${CMAKE_CXX_COMPILE_OPTIONS_PIE})

# act_reuse_mlir_headers(TARGET): for targets whose files stand on MLIR.
function(act_reuse_mlir_headers target)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL EXECUTABLE)
    target_precompile_headers(${target} REUSE_FROM ActProgramHeaders)
  else()
    target_precompile_headers(${target} REUSE_FROM ActLibraryHeaders)
  endif()
endfunction()

# act_add_library(NAME sources... [MLIR] [LINK libraries...] [DEPENDS targets...])
# MLIR: a layer that stands on MLIR; without it the library is pure C++.
function(act_add_library name)
  cmake_parse_arguments(ARG "MLIR" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_library(Actinium::${name} ALIAS ${name})
  _act_common_properties(${name})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_MLIR)
    target_include_directories(${name} SYSTEM PUBLIC
      $<BUILD_INTERFACE:${MLIR_INCLUDE_DIRS}> $<BUILD_INTERFACE:${LLVM_INCLUDE_DIRS}>)
    target_link_libraries(${name} PUBLIC MLIR LLVM)
    act_reuse_mlir_headers(${name})
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  install(TARGETS ${name} EXPORT ActiniumTargets
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# act_add_tool(NAME sources... [LINK libraries...])
function(act_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  _act_common_properties(${name})
  act_reuse_mlir_headers(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY ACT_TOOLS ${name})
  install(TARGETS ${name} EXPORT ActiniumTargets
          RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# act_tablegen(TARGET FILE.td (OUTPUT FLAGS...)...): mlir-tblgen runs, as a
# list of "output;flags" pairs, and one target that stands for them all.
function(act_tablegen target definition)
  set(LLVM_TARGET_DEFINITIONS ${definition})
  foreach(pair ${ARGN})
    string(REPLACE "=>" ";" pair ${pair})
    list(GET pair 0 output)
    list(GET pair 1 flags)
    separate_arguments(flags)
    mlir_tablegen(${output} ${flags})
  endforeach()
  add_public_tablegen_target(${target})
endfunction()
