//===- OnnxModel.h - An ONNX model of a few nodes ----------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A model's file is a message of protocol buffers: fields of a number and a
// kind, of which varints, 32-bit floats and nested messages are needed here.
// The fields' numbers are those of onnx.proto.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_PEERS_ONNXMODEL_H
#define ACT_BENCH_PEERS_ONNXMODEL_H

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace act::bench {

/// A message of protocol buffers under construction.
class Message {
public:
  Message &number(unsigned field, uint64_t value) {
    appendVarint(field << 3);
    appendVarint(value);
    return *this;
  }
  Message &real(unsigned field, float value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    appendVarint(field << 3 | 5);
    bytes.append(raw, sizeof raw);
    return *this;
  }
  Message &text(unsigned field, std::string_view value) {
    appendVarint(field << 3 | 2);
    appendVarint(value.size());
    bytes.append(value);
    return *this;
  }
  Message &message(unsigned field, const Message &value) {
    return text(field, value.bytes);
  }
  const std::string &serialized() const { return bytes; }

private:
  void appendVarint(uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      bytes.push_back(static_cast<char>(value | 0x80));
    bytes.push_back(static_cast<char>(value));
  }
  std::string bytes;
};

/// What an op reads and writes, by name: "x" and "z" are the model's inputs,
/// "y" is its output.
struct OnnxNode {
  std::string op;
  std::vector<std::string> inputs;
  std::string output;
  std::vector<Message> attributes;
  std::string domain;
};

inline Message realAttribute(std::string_view name, float value) {
  constexpr unsigned kindFloat = 1;
  return Message().text(1, name).real(2, value).number(20, kindFloat);
}

inline Message textAttribute(std::string_view name, std::string_view value) {
  constexpr unsigned kindString = 3;
  return Message().text(1, name).text(4, value).number(20, kindString);
}

/// The file of a model over arrays of these dimensions, of elements of
/// TensorProto's type `element`.
inline std::string onnxModel(const std::vector<OnnxNode> &nodes,
                             size_t numInputs, unsigned element,
                             const std::vector<int64_t> &sizes) {
  auto array = [&](std::string_view name) {
    Message shape;
    for (int64_t size : sizes)
      shape.message(1, Message().number(1, size));
    Message tensor = Message().number(1, element).message(2, shape);
    return Message().text(1, name).message(2, Message().message(1, tensor));
  };
  Message graph;
  for (const OnnxNode &node : nodes) {
    Message encoded;
    for (const std::string &input : node.inputs)
      encoded.text(1, input);
    encoded.text(2, node.output).text(4, node.op).text(7, node.domain);
    for (const Message &attribute : node.attributes)
      encoded.message(5, attribute);
    graph.message(1, encoded);
  }
  graph.text(2, "kernel").message(11, array("x"));
  if (numInputs > 1)
    graph.message(11, array("z"));
  graph.message(12, array("y"));
  // Version 20 of the ops has Gelu; version 9 of the format goes with it.
  return Message()
      .number(1, 9)
      .message(7, graph)
      .message(8, Message().text(1, "").number(2, 20))
      .message(8, Message().text(1, "com.microsoft").number(2, 1))
      .serialized();
}

} // namespace act::bench

#endif // ACT_BENCH_PEERS_ONNXMODEL_H
