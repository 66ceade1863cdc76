//===- NetworkReaderTest.cpp - Networks compute what programs do ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program is read as a network; at random points the network's values are
// those that interval analysis of the program encloses, and over the domain
// its back-substituted bounds contain them.
//
//===----------------------------------------------------------------------===//

#include "NetworkReader.h"
#include "act/Analysis/Domains.h"
#include "act/IR/Act.h"
#include "act/InitAll.h"
#include "act/Relaxation/PointSearch.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace act;
using namespace mlir;

namespace {

struct Case {
  const char *name;
  const char *source;
  unsigned sources; ///< nodes of the network that are no arguments
};

// One per way of reading; the domain of every argument is [-1, 1].
const Case kCases[] = {
    {"matmul",
     R"(func.func @main(%x: tensor<2x3xf32>) -> tensor<2x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0], [0.5, 0.25], [-3.0, 1.0]]> : tensor<3x2xf32>
  %b = arith.constant dense<[[0.5, -0.5], [0.25, 1.0]]> : tensor<2x2xf32>
  %z = linalg.matmul ins(%x, %w : tensor<2x3xf32>, tensor<3x2xf32>) outs(%b : tensor<2x2xf32>) -> tensor<2x2xf32>
  %r = act.relu %z : tensor<2x2xf32>
  return %r : tensor<2x2xf32>
})",
     0},
    {"transposed weights and an accumulator that is a node",
     R"(#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (n, k)>
#c = affine_map<(m, n, k) -> (n, m)>
func.func @main(%x: tensor<2x3xf32>, %y: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = arith.constant dense<[[1.0, -2.0, 0.5], [0.25, -3.0, 1.0]]> : tensor<2x3xf32>
  %z = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<2x3xf32>, tensor<2x3xf32>) outs(%y : tensor<2x2xf32>) {
  ^bb0(%i: f32, %j: f32, %o: f32):
    %p = arith.mulf %i, %j : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<2x2xf32>
  %r = act.relu %z : tensor<2x2xf32>
  return %r : tensor<2x2xf32>
})",
     0},
    {"convolution with stride, dilation and uneven padding",
     R"(func.func @main(%x: tensor<1x6x4x2xf32>) -> tensor<1x3x3x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<[[[[0.5, 1.0], [-1.5, 2.0]], [[1.0, -2.0], [1.0, 0.25]]], [[[-0.5, -1.0], [-0.5, 3.0]], [[-1.0, 2.0], [1.0, 1.0]]]]> : tensor<2x2x2x2xf32>}> : () -> tensor<2x2x2x2xf32>
  %b = "tosa.const"() <{values = dense<[0.125, -0.25]> : tensor<2xf32>}> : () -> tensor<2xf32>
  %z = tosa.conv2d %x, %k, %b, %zp, %zp {acc_type = f32, pad = array<i64: 1, 0, 0, 1>, stride = array<i64: 2, 1>, dilation = array<i64: 2, 2>} : (tensor<1x6x4x2xf32>, tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x3x3x2xf32>
  %r = act.relu %z : tensor<1x3x3x2xf32>
  return %r : tensor<1x3x3x2xf32>
})",
     0},
    {"depthwise convolution",
     R"(func.func @main(%x: tensor<1x3x3x2xf32>) -> tensor<1x2x2x4xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %k = "tosa.const"() <{values = dense<[[[[0.5, 1.0], [-1.5, 2.0]], [[1.0, -2.0], [1.0, 0.25]]], [[[-0.5, -1.0], [-0.5, 3.0]], [[-1.0, 2.0], [1.0, 1.0]]]]> : tensor<2x2x2x2xf32>}> : () -> tensor<2x2x2x2xf32>
  %b = "tosa.const"() <{values = dense<[0.125, -0.25, 0.5, 1.0]> : tensor<4xf32>}> : () -> tensor<4xf32>
  %z = tosa.depthwise_conv2d %x, %k, %b, %zp, %zp {acc_type = f32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x3x3x2xf32>, tensor<2x2x2x2xf32>, tensor<4xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2x4xf32>
  %r = act.relu %z : tensor<1x2x2x4xf32>
  return %r : tensor<1x2x2x4xf32>
})",
     0},
    {"movement: pad, slice, insert, concat, shapes",
     R"(func.func @main(%x: tensor<2x3xf32>) -> tensor<5x4xf32> {
  %p = arith.constant 0.5 : f32
  %padded = tensor.pad %x low[1, 0] high[0, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %p : f32
  } : tensor<2x3xf32> to tensor<3x4xf32>
  %s = tensor.extract_slice %padded[1, 0] [2, 2] [1, 2] : tensor<3x4xf32> to tensor<2x2xf32>
  %i = tensor.insert_slice %s into %padded[0, 1] [2, 2] [1, 1] : tensor<2x2xf32> into tensor<3x4xf32>
  %f = tensor.collapse_shape %x [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  %two = tensor.extract_slice %f[2] [4] [1] : tensor<6xf32> to tensor<4xf32>
  %row = tensor.expand_shape %two [[0, 1]] output_shape [1, 4] : tensor<4xf32> into tensor<1x4xf32>
  %c = tensor.concat dim(0) %i, %row, %row : (tensor<3x4xf32>, tensor<1x4xf32>, tensor<1x4xf32>) -> tensor<5x4xf32>
  %r = act.relu %c : tensor<5x4xf32>
  return %r : tensor<5x4xf32>
})",
     0},
    {"residual sums, scales per channel and several activations",
     R"(#row = affine_map<(d0, d1) -> (d0, d1)>
#channel = affine_map<(d0, d1) -> (d1)>
func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %g = arith.constant dense<[2.0, -0.5, 1.5]> : tensor<3xf32>
  %b = arith.constant dense<[0.25, -0.5, 0.125]> : tensor<3xf32>
  %six = arith.constant 6.0 : f32
  %none = tensor.empty() : tensor<2x3xf32>
  %n = linalg.generic {indexing_maps = [#row, #channel, #channel, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %g, %b : tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) outs(%none : tensor<2x3xf32>) {
  ^bb0(%in: f32, %s: f32, %o: f32, %out: f32):
    %m = arith.mulf %in, %s : f32
    %a = arith.subf %m, %o : f32
    %d = arith.divf %a, %six : f32
    linalg.yield %d : f32
  } -> tensor<2x3xf32>
  %h = act.leaky_relu %n {alpha = 0.25} : tensor<2x3xf32>
  %t = arith.addf %h, %x : tensor<2x3xf32>
  %u = act.hard_tanh %t : tensor<2x3xf32>
  %v = arith.subf %u, %n : tensor<2x3xf32>
  %w = act.tanh %v : tensor<2x3xf32>
  %y = arith.addf %w, %t : tensor<2x3xf32>
  %r = act.relu6 %y : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
})",
     0},
    {"products, quotients and extrema of two inputs",
     R"(func.func @main(%x: tensor<3xf32>, %y: tensor<3xf32>) -> tensor<3xf32> {
  %three = arith.constant dense<3.0> : tensor<3xf32>
  %p = arith.mulf %x, %y : tensor<3xf32>
  %s = arith.addf %p, %x : tensor<3xf32>
  %m = arith.maximumf %s, %y : tensor<3xf32>
  %n = arith.minimumf %m, %p : tensor<3xf32>
  %d = arith.addf %y, %three : tensor<3xf32>
  %q = arith.divf %n, %d : tensor<3xf32>
  %r = act.relu %q : tensor<3xf32>
  return %r : tensor<3xf32>
})",
     0},
    {"gates of two nodes, one with a parameter for each channel",
     R"(func.func @main(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %slope = arith.constant dense<[0.25, -0.5, 2.0]> : tensor<3xf32>
  %a = act.glu %x gate %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %b = act.swiglu %a gate %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %c = act.prelu %b, %y : tensor<2x3xf32>, tensor<2x3xf32>
  %d = act.prelu %c, %slope : tensor<2x3xf32>, tensor<3xf32>
  %e = act.swiglu_oai %d gate %y : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %r = act.relu %e : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
})",
     0},
    {"a body of three inputs: normalization by nodes",
     R"(#row = affine_map<(d0, d1) -> (d0, d1)>
#each = affine_map<(d0, d1) -> (d0)>
func.func @main(%x: tensor<2x3xf32>, %m: tensor<2xf32>, %s: tensor<2xf32>) -> tensor<2x3xf32> {
  %more = arith.constant 1.5 : f32
  %none = tensor.empty() : tensor<2x3xf32>
  %n = linalg.generic {indexing_maps = [#row, #each, #each, #row], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m, %s : tensor<2x3xf32>, tensor<2xf32>, tensor<2xf32>) outs(%none : tensor<2x3xf32>) {
  ^bb0(%in: f32, %mean: f32, %var: f32, %out: f32):
    %c = arith.subf %in, %mean : f32
    %v = arith.mulf %var, %var : f32
    %e = arith.addf %v, %more : f32
    %i = math.rsqrt %e : f32
    %p = arith.mulf %c, %i : f32
    linalg.yield %p : f32
  } -> tensor<2x3xf32>
  %r = act.relu %n : tensor<2x3xf32>
  return %r : tensor<2x3xf32>
})",
     0},
    {"max pooling over padding of -inf, and from a start value",
     R"(func.func @main(%x: tensor<1x3x4x2xf32>) -> tensor<1x4x2x2xf32> {
  %low = arith.constant 0xFF800000 : f32
  %some = arith.constant -0.25 : f32
  %window = tensor.empty() : tensor<2x3xf32>
  %none = tensor.empty() : tensor<1x4x2x2xf32>
  %start = linalg.fill ins(%some : f32) outs(%none : tensor<1x4x2x2xf32>) -> tensor<1x4x2x2xf32>
  %padded = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %low : f32
  } : tensor<1x3x4x2xf32> to tensor<1x5x5x2xf32>
  %p = linalg.pooling_nhwc_max {dilations = dense<1> : tensor<2xi64>, strides = dense<[1, 2]> : tensor<2xi64>}
      ins(%padded, %window : tensor<1x5x5x2xf32>, tensor<2x3xf32>) outs(%start : tensor<1x4x2x2xf32>) -> tensor<1x4x2x2xf32>
  %r = act.relu %p : tensor<1x4x2x2xf32>
  return %r : tensor<1x4x2x2xf32>
})",
     0},
    {"max pooling over padding of 0, then over none",
     R"(func.func @main(%x: tensor<1x3x4x2xf32>) -> tensor<1x2x2x2xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF7FFFFF : f32
  %window = tensor.empty() : tensor<2x3xf32>
  %none = tensor.empty() : tensor<1x4x2x2xf32>
  %start = linalg.fill ins(%low : f32) outs(%none : tensor<1x4x2x2xf32>) -> tensor<1x4x2x2xf32>
  %padded = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x3x4x2xf32> to tensor<1x5x5x2xf32>
  %p = linalg.pooling_nhwc_max {dilations = dense<1> : tensor<2xi64>, strides = dense<[1, 2]> : tensor<2xi64>}
      ins(%padded, %window : tensor<1x5x5x2xf32>, tensor<2x3xf32>) outs(%start : tensor<1x4x2x2xf32>) -> tensor<1x4x2x2xf32>
  %q = tosa.max_pool2d %p {kernel = array<i64: 3, 2>, stride = array<i64: 2, 1>, pad = array<i64: 1, 0, 1, 0>} : (tensor<1x4x2x2xf32>) -> tensor<1x2x2x2xf32>
  %r = act.relu %q : tensor<1x2x2x2xf32>
  return %r : tensor<1x2x2x2xf32>
})",
     0},
    {"reductions by maximum, minimum and sums of functions",
     R"(#in = affine_map<(d0, d1) -> (d0, d1)>
#out = affine_map<(d0, d1) -> (d0)>
func.func @main(%x: tensor<2x3xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
  %one = arith.constant dense<1.0> : tensor<2xf32>
  %a = linalg.generic {indexing_maps = [#in, #out], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<2x3xf32>) outs(%y : tensor<2xf32>) {
  ^bb0(%i: f32, %o: f32):
    %n = arith.negf %i : f32
    %m = arith.maximumf %o, %n : f32
    linalg.yield %m : f32
  } -> tensor<2xf32>
  %b = linalg.generic {indexing_maps = [#in, #out], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<2x3xf32>) outs(%one : tensor<2xf32>) {
  ^bb0(%i: f32, %o: f32):
    %e = math.exp %i : f32
    %s = arith.addf %o, %e : f32
    linalg.yield %s : f32
  } -> tensor<2xf32>
  %c = tosa.reduce_min %x {axis = 1 : i32} : (tensor<2x3xf32>) -> tensor<2x1xf32>
  %d = tensor.collapse_shape %c [[0, 1]] : tensor<2x1xf32> into tensor<2xf32>
  %e = arith.divf %a, %b : tensor<2xf32>
  %z = arith.addf %d, %e : tensor<2xf32>
  %r = act.relu %z : tensor<2xf32>
  return %r : tensor<2xf32>
})",
     0},
    {"a matmul of two nodes",
     R"(func.func @main(%x: tensor<1x2x3xf32>, %y: tensor<1x3x2xf32>) -> tensor<1x2x2xf32> {
  %zp = "tosa.const"() <{values = dense<0.0> : tensor<1xf32>}> : () -> tensor<1xf32>
  %b = arith.constant dense<0.5> : tensor<1x2x2xf32>
  %p = tosa.matmul %x, %y, %zp, %zp : (tensor<1x2x3xf32>, tensor<1x3x2xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %z = linalg.batch_matmul ins(%x, %y : tensor<1x2x3xf32>, tensor<1x3x2xf32>) outs(%p : tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %r = act.relu %z : tensor<1x2x2xf32>
  return %r : tensor<1x2x2xf32>
})",
     0},
    {"what jumps is a source of its own",
     R"(func.func @main(%x: tensor<3xf32>, %y: tensor<3xf32>) -> tensor<3xf32> {
  %g = act.fatrelu_glu %x gate %y {threshold = 0.5} : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %s = arith.addf %g, %x : tensor<3xf32>
  %r = act.relu %s : tensor<3xf32>
  return %r : tensor<3xf32>
})",
     1},
    {"a batch of unknown size, moved and reduced",
     R"(func.func @main(%x: tensor<?x2xf32>) -> tensor<1x?x1xf32> {
  %w = arith.constant dense<[[1.0, -2.0, 0.5], [0.5, 0.25, 1.0]]> : tensor<2x3xf32>
  %shape = tosa.const_shape {values = dense<[1, -1, 3]> : tensor<3xindex>} : () -> !tosa.shape<3>
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x2xf32>
  %e = tensor.empty(%n) : tensor<?x3xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x3xf32>) -> tensor<?x3xf32>
  %z = linalg.matmul ins(%x, %w : tensor<?x2xf32>, tensor<2x3xf32>) outs(%f : tensor<?x3xf32>) -> tensor<?x3xf32>
  %h = act.relu %z : tensor<?x3xf32>
  %s = tosa.reshape %h, %shape : (tensor<?x3xf32>, !tosa.shape<3>) -> tensor<1x?x3xf32>
  %sum = tosa.reduce_sum %s {axis = 2 : i32} : (tensor<1x?x3xf32>) -> tensor<1x?x1xf32>
  %r = act.relu %sum : tensor<1x?x1xf32>
  return %r : tensor<1x?x1xf32>
})",
     0},
    {"an unknown size that is read at two indices",
     R"(func.func @main(%x: tensor<?xf32>, %n: index) -> tensor<?xf32> {
  %k = arith.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %zero = arith.constant 0.0 : f32
  %start = tensor.splat %zero[%n] : tensor<?xf32>
  %z = linalg.conv_1d ins(%x, %k : tensor<?xf32>, tensor<2xf32>) outs(%start : tensor<?xf32>) -> tensor<?xf32>
  %r = act.relu %z : tensor<?xf32>
  return %r : tensor<?xf32>
})",
     1},
};

class NetworkReaderTest : public ::testing::TestWithParam<Case> {
protected:
  NetworkReaderTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    module = parseSourceString<ModuleOp>(GetParam().source, &context);
  }

  /// [-1, 1] for all arguments.
  ArgumentBounds domain() {
    ArgumentBounds bounds;
    for (BlockArgument argument : entryFunctions(*module)[0].getArguments())
      bounds[argument] = Bounds::splat({Interval(-1.0, 1.0)});
    return bounds;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

/// A layer that is too large to be read leaves room for what is behind it.
TEST(NetworkReader, ReadsBehindLargeLayers) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(
      R"(func.func @main(%x: tensor<1x4096xf32>) -> tensor<1x2xf32> {
  %w = arith.constant dense<0.5> : tensor<4096x4096xf32>
  %v = arith.constant dense<0.25> : tensor<4096x2xf32>
  %b = arith.constant dense<0.0> : tensor<1x4096xf32>
  %c = arith.constant dense<0.0> : tensor<1x2xf32>
  %y = linalg.matmul ins(%x, %w : tensor<1x4096xf32>, tensor<4096x4096xf32>) outs(%b : tensor<1x4096xf32>) -> tensor<1x4096xf32>
  %h = act.relu %y : tensor<1x4096xf32>
  %z = linalg.matmul ins(%h, %v : tensor<1x4096xf32>, tensor<4096x2xf32>) outs(%c : tensor<1x2xf32>) -> tensor<1x2xf32>
  %r = act.relu %z : tensor<1x2xf32>
  return %r : tensor<1x2xf32>
})",
      &context);
  ArgumentBounds arguments;
  arguments[entryFunctions(*module)[0].getArgument(0)] =
      Bounds::splat({Interval(-1.0, 1.0)});
  ValueBounds bounds(*module, arguments, Semantics::Ieee);
  std::vector<ActivationSite> sites = findActivationSites(*module);
  ASSERT_EQ(sites.size(), 2u);
  NetworkReader reader(bounds, {&sites[0], &sites[1]}, Semantics::Ieee);
  std::optional<unsigned> first = reader.preactivation(sites[0]);
  std::optional<unsigned> second = reader.preactivation(sites[1]);
  ASSERT_TRUE(first && second);
  const Network &network = reader.network();
  EXPECT_EQ(network[*first].kind, NetworkNode::Kind::Source);
  EXPECT_EQ(network[*second].kind, NetworkNode::Kind::Affine);
  EXPECT_EQ(network.ancestors(*second).front(), *first);
}

TEST_P(NetworkReaderTest, ComputesWhatTheProgramDoes) {
  ASSERT_TRUE(module);
  ArgumentBounds arguments = domain();
  ValueBounds bounds(*module, arguments, Semantics::Ieee);
  std::vector<ActivationSite> sites = findActivationSites(*module);
  ASSERT_FALSE(sites.empty());
  std::vector<const ActivationSite *> pointers;
  for (const ActivationSite &site : sites)
    pointers.push_back(&site);
  NetworkReader reader(bounds, pointers, Semantics::Ieee);
  std::vector<unsigned> nodes;
  for (const ActivationSite &site : sites) {
    std::optional<unsigned> node = reader.preactivation(site);
    ASSERT_TRUE(node);
    ASSERT_EQ(int64_t(reader.network()[*node].size()), boundsSize(site.type));
    nodes.push_back(*node);
  }
  const Network &network = reader.network();
  SourceBox box(network.size());
  unsigned others = 0;
  for (unsigned node : network.ancestors(nodes))
    if (network[node].kind == NetworkNode::Kind::Source) {
      box[node] = network[node].range;
      others += !reader.argumentOf(node);
    }
  EXPECT_EQ(others, GetParam().sources);
  PointSearch search(network, nodes);
  for (unsigned index = 0; index < 50; ++index) {
    SourcePoint point = uniformPoint(box, index);
    ArgumentBounds at = arguments;
    for (unsigned node = 0; node < network.size(); ++node)
      if (BlockArgument argument = reader.argumentOf(node)) {
        std::vector<Element> elements;
        for (double &x : point[node]) {
          x = float(x);
          elements.push_back({Interval(x)});
        }
        if (!elements.empty())
          at[argument] = Bounds::elements(std::move(elements));
      }
    ValueBounds exact(*module, at, Semantics::Real);
    const auto &values = search.run(point);
    for (auto [site, node] : llvm::zip(sites, nodes)) {
      Bounds expected = site.preactivation(exact, Semantics::Real);
      BackSubstitution substitution(network, node);
      substitution.adopt(substitution.domainRanges());
      for (unsigned i = 0; i < network[node].size(); ++i) {
        double value = values[node][i];
        if (others == 0) {
          Interval range = expected[i].range;
          EXPECT_NEAR(value, range.middle(), 1e-12 + range.width())
              << GetParam().name << ", element " << i;
        }
        std::vector<double> ends = substitution.maximize({{i, 1.0}, {i, -1.0}});
        EXPECT_LE(value, ends[0]);
        EXPECT_GE(value, -ends[1]);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, NetworkReaderTest,
                         ::testing::ValuesIn(kCases));

} // namespace
