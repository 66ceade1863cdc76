//===- OnnxRuntime.cpp - ONNX Runtime's CPU kernels -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// npm's package onnxruntime-node holds the library without its header. The C
// API is a table of functions whose positions never change once they have
// shipped (onnxruntime_c_api.cc: "the ordering of these fields MUST not
// change"), so the few that are needed are taken by their positions.
//
//===----------------------------------------------------------------------===//

#include "OnnxModel.h"

#include "../Peer.h"

#include <array>
#include <map>
#include <memory>

using namespace act::bench;

extern "C" {
struct OrtApiBase {
  void *const *(*getApi)(uint32_t version);
  const char *(*getVersionString)();
};
const OrtApiBase *OrtGetApiBase();
}

namespace {

/// What functions return: null, or an error that is to be released.
using Status = void *;

/// A function of the table, at the position that it shipped with in version 1.
template <unsigned position, typename... Arguments>
struct Entry {
  Status operator()(Arguments... arguments) const {
    void *const *api = OrtGetApiBase()->getApi(/*version=*/1);
    return reinterpret_cast<Status (*)(Arguments...)>(api[position])(
        arguments...);
  }
};

using Names = const char *const *;
constexpr Entry<3, int, const char *, void **> createEnv;
constexpr Entry<8, void *, const void *, size_t, void *, void **>
    createSessionFromArray;
constexpr Entry<9, void *, void *, Names, void *const *, size_t, Names, size_t,
                void **>
    runSession;
constexpr Entry<10, void **> createSessionOptions;
constexpr Entry<24, void *, int> setIntraOpNumThreads;
constexpr Entry<49, void *, void *, size_t, const int64_t *, size_t, int,
                void **>
    createTensorWithData;
constexpr Entry<69, int, int, void **> createCpuMemoryInfo;

/// Releases an object by the function at `position`.
template <unsigned position>
struct Release {
  void operator()(void *object) const {
    void *const *api = OrtGetApiBase()->getApi(/*version=*/1);
    reinterpret_cast<void (*)(void *)>(api[position])(object);
  }
};
template <unsigned position>
using Owned = std::unique_ptr<void, Release<position>>;
using Environment = Owned<92>;
using Error = Owned<93>;
using MemoryInfo = Owned<94>;
using Session = Owned<95>;
using Value = Owned<96>;
using SessionOptions = Owned<100>;

/// Whether a call succeeded.
bool succeeded(Status status) { return !Error(status); }

/// What a function creates, or null.
template <typename Object, typename Function, typename... Arguments>
Object create(const Function &function, Arguments... arguments) {
  void *object = nullptr;
  if (!succeeded(function(arguments..., &object)))
    return nullptr;
  return Object(object);
}

const char *const microsoft = "com.microsoft";

// The ops as an exporter writes them; silu is the kernel that ONNX Runtime
// fuses a product with a sigmoid into.
const std::map<std::string, std::vector<OnnxNode>, std::less<>> &models() {
  static const OnnxNode silu = {
      "QuickGelu", {"x"}, "y", {realAttribute("alpha", 1.0f)}, microsoft};
  static const OnnxNode gelu = {"Gelu", {"x"}, "y", {}, ""};
  auto between = [](OnnxNode node, std::string input, std::string output) {
    node.inputs = {std::move(input)};
    node.output = std::move(output);
    return node;
  };
  auto single = [](std::string op) {
    return std::vector<OnnxNode>{{std::move(op), {"x"}, "y", {}, ""}};
  };
  auto constant = [](std::string name, float value) {
    return OnnxNode{"Constant",
                    {},
                    std::move(name),
                    {realAttribute("value_float", value)},
                    ""};
  };
  static const std::map<std::string, std::vector<OnnxNode>, std::less<>> table =
      {{"relu", single("Relu")},
       {"leaky_relu", single("LeakyRelu")},
       {"clamp",
        {constant("lowest", -1.0f),
         constant("highest", 1.0f),
         {"Clip", {"x", "lowest", "highest"}, "y", {}, ""}}},
       {"hard_swish", single("HardSwish")},
       {"exp", single("Exp")},
       {"tanh", single("Tanh")},
       {"sigmoid", single("Sigmoid")},
       {"elu", single("Elu")},
       {"selu", single("Selu")},
       {"celu", single("Celu")},
       {"silu", {silu}},
       {"gelu", {gelu}},
       {"gelu_tanh",
        {{"Gelu", {"x"}, "y", {textAttribute("approximate", "tanh")}, ""}}},
       {"mish", single("Mish")},
       {"softmax", single("Softmax")},
       {"log_softmax", single("LogSoftmax")},
       {"softplus", single("Softplus")},
       {"log_sigmoid",
        {{"Neg", {"x"}, "n", {}, ""},
         {"Softplus", {"n"}, "s", {}, ""},
         {"Neg", {"s"}, "y", {}, ""}}},
       {"silu_gelu", {between(silu, "x", "s"), between(gelu, "s", "y")}},
       {"bias_gelu",
        {{"Add", {"x", "z"}, "s", {}, ""}, between(gelu, "s", "y")}},
       {"swiglu", {between(silu, "z", "s"), {"Mul", {"x", "s"}, "y", {}, ""}}}};
  return table;
}

/// TensorProto's number and the size of a type of elements.
struct ElementType {
  unsigned number;
  size_t bytes;
};
ElementType typeOf(Element element) {
  switch (element) {
  case Element::F32:
    return {1, 4};
  case Element::F16:
    return {10, 2};
  case Element::F64:
    return {11, 8};
  case Element::BF16:
    return {16, 2};
  }
  return {};
}

/// A session with its arrays.
struct Model {
  Session session;
  std::vector<Value> values;

  bool run() const {
    const char *const inputNames[] = {"x", "z"};
    const char *const outputNames[] = {"y"};
    std::array<void *, 2> inputs = {};
    size_t numInputs = values.size() - 1;
    for (size_t i = 0; i < numInputs; ++i)
      inputs[i] = values[i].get();
    void *output = values.back().get();
    return succeeded(runSession(session.get(), nullptr, inputNames,
                                inputs.data(), numInputs, outputNames, 1,
                                &output));
  }
};

class OnnxRuntime : public Peer {
public:
  OnnxRuntime()
      : environment(create<Environment>(createEnv, /*fatal=*/4, "act-bench")),
        options(create<SessionOptions>(createSessionOptions)),
        memory(create<MemoryInfo>(createCpuMemoryInfo, /*arena=*/1,
                                  /*default=*/0)) {}

  /// Whether this machine runs it, on one thread.
  bool isReady() const {
    return environment && options && memory &&
           succeeded(setIntraOpNumThreads(options.get(), 1));
  }

  std::function<void()> bind(const Call &call) override {
    auto nodes = models().find(call.function);
    if (nodes == models().end())
      return {};
    auto [number, bytes] = typeOf(call.element);
    std::string file =
        onnxModel(nodes->second, call.numInputs, number, call.shape);
    auto model = std::make_shared<Model>();
    model->session = create<Session>(createSessionFromArray, environment.get(),
                                     file.data(), file.size(), options.get());
    std::vector<void *> arrays;
    for (size_t i = 0; i < call.numInputs; ++i)
      arrays.push_back(const_cast<void *>(call.inputs[i]));
    arrays.push_back(call.output);
    for (void *array : arrays)
      model->values.push_back(create<Value>(
          createTensorWithData, memory.get(), array, call.size * bytes,
          call.shape.data(), call.shape.size(), int(number)));
    if (!model->session || !model->run())
      return {}; // none for this format
    return [model] { model->run(); };
  }

private:
  Environment environment;
  SessionOptions options;
  MemoryInfo memory;
};

} // namespace

act::bench::Peer *actBenchPeer() {
  static OnnxRuntime peer;
  return peer.isReady() ? &peer : nullptr;
}
