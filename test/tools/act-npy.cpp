//===- act-npy.cpp - Make, print and compare .npy files -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the tests need of NumPy:
//
//   act-npy make OUT f32 2x3 --values=1,nan,0x1p-3   the last one is repeated
//   act-npy make OUT f32 1000 --from=-8 --to=8       evenly spaced
//   act-npy make OUT f16 65536 --patterns            element i has the bits of
//   i act-npy print FILE                               type, shape and values
//   act-npy compare A B --ulp=2 --abs=1e-6           exit code 1 when they
//   differ
//
// Files do not tell 8-bit formats apart: all are read as f8E4M3FN.
//
// Two values agree when they are within either bound; NaN agrees with NaN, and
// the two zeros are one ulp apart.
//
//===----------------------------------------------------------------------===//

#include "act/Target/Npy.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace llvm;
using act::NpyArray;
using act::NpyElement;

static cl::list<std::string> words(cl::Positional, cl::OneOrMore,
                                   cl::desc("COMMAND FILE ..."));
static cl::opt<std::string> values("values", cl::desc("Numbers, by commas"));
static cl::opt<double> from("from", cl::desc("First of evenly spaced values"));
static cl::opt<double> to("to", cl::desc("Last of evenly spaced values"));
static cl::opt<bool> patterns("patterns", cl::desc("All bit patterns"));
static cl::opt<uint64_t> ulpBound("ulp", cl::init(0),
                                  cl::desc("Units in the last place allowed"));
static cl::opt<double> absBound("abs", cl::init(0),
                                cl::desc("Absolute difference allowed"));

namespace {

struct FloatFormat {
  StringLiteral name;
  NpyElement element;
  const fltSemantics &semantics;
};

const FloatFormat formats[] = {
    {"f16", NpyElement::F16, APFloat::IEEEhalf()},
    {"bf16", NpyElement::BF16, APFloat::BFloat()},
    {"f32", NpyElement::F32, APFloat::IEEEsingle()},
    {"f64", NpyElement::F64, APFloat::IEEEdouble()},
    {"f8E4M3FN", NpyElement::F8, APFloat::Float8E4M3FN()}};

/// The element at `index`, zero-extended.
uint64_t bitsAt(const NpyArray &array, int64_t index) {
  uint64_t bits = 0;
  size_t size = npySize(array.element());
  memcpy(&bits, array.data() + index * size, size);
  return bits;
}

void setBits(NpyArray &array, int64_t index, uint64_t bits) {
  size_t size = npySize(array.element());
  memcpy(array.data() + index * size, &bits, size);
}

const FloatFormat *formatOf(NpyElement element) {
  const auto *found = find_if(
      formats, [&](const FloatFormat &f) { return f.element == element; });
  return found == std::end(formats) ? nullptr : found;
}

APFloat valueOf(const FloatFormat &type, uint64_t bits) {
  return APFloat(type.semantics,
                 APInt(APFloat::getSizeInBits(type.semantics), bits));
}

double toDouble(APFloat value) {
  bool exact;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &exact);
  return value.convertToDouble();
}

/// Where the value stands among all of its format; -0 just below +0.
int64_t rank(const FloatFormat &type, uint64_t bits) {
  uint64_t sign = uint64_t(1) << (APFloat::getSizeInBits(type.semantics) - 1);
  return bits & sign ? ~int64_t(bits & ~sign) : int64_t(bits);
}

int fail(const Twine &message) {
  errs() << "act-npy: " << message << '\n';
  return 2;
}

int fail(Error error) { return fail(toString(std::move(error))); }

/// The array that `type` and `shape` ("2x3", "scalar") describe.
Expected<NpyArray> create(StringRef type, StringRef shape) {
  const auto *format =
      find_if(formats, [&](const FloatFormat &f) { return f.name == type; });
  if (format == std::end(formats))
    return createStringError("expected f16, bf16, f32, f64 or f8E4M3FN, got " +
                             type);
  SmallVector<int64_t> dims;
  for (StringRef dim : split(shape, 'x'))
    if (shape != "scalar" && dim.getAsInteger(10, dims.emplace_back()))
      return createStringError("expected a shape like 2x3, got " + shape);
  return NpyArray::create(format->element, dims);
}

/// The bits of element `index` of an array of `count`, as the options say.
Expected<uint64_t> chooseBits(const FloatFormat &type, int64_t index,
                              int64_t count) {
  if (patterns)
    return index;
  APFloat value(from +
                (to - from) * double(index) / std::max<int64_t>(count - 1, 1));
  if (!values.empty()) {
    SmallVector<StringRef> texts;
    StringRef(values).split(texts, ',');
    StringRef text = texts[std::min<size_t>(index, texts.size() - 1)];
    value = APFloat(type.semantics);
    Expected<APFloat::opStatus> status =
        value.convertFromString(text, APFloat::rmNearestTiesToEven);
    if (!status)
      return status.takeError();
  }
  bool exact;
  value.convert(type.semantics, APFloat::rmNearestTiesToEven, &exact);
  return value.bitcastToAPInt().getZExtValue();
}

int make(ArrayRef<std::string> arguments) {
  if (arguments.size() != 3)
    return fail("expected make OUT TYPE SHAPE");
  Expected<NpyArray> array = create(arguments[1], arguments[2]);
  if (!array)
    return fail(array.takeError());
  for (int64_t i = 0; i < array->numElements(); ++i) {
    Expected<uint64_t> bits =
        chooseBits(*formatOf(array->element()), i, array->numElements());
    if (!bits)
      return fail(bits.takeError());
    setBits(*array, i, *bits);
  }
  if (Error error = array->write(arguments[0]))
    return fail(std::move(error));
  return 0;
}

std::string printElement(const NpyArray &array, int64_t index) {
  std::string text;
  raw_string_ostream os(text);
  uint64_t bits = bitsAt(array, index);
  if (const FloatFormat *type = formatOf(array.element()))
    os << format("%.9g", toDouble(valueOf(*type, bits)));
  else
    os << SignExtend64(bits, 8 * npySize(array.element()));
  return text;
}

int print(ArrayRef<std::string> arguments) {
  if (arguments.size() != 1)
    return fail("expected print FILE");
  Expected<NpyArray> array = NpyArray::read(arguments[0]);
  if (!array)
    return fail(array.takeError());
  outs() << npyName(array->element()) << ' ' << act::printShape(array->shape());
  for (int64_t i = 0; i < array->numElements(); ++i)
    outs() << ' ' << printElement(*array, i);
  outs() << '\n';
  return 0;
}

/// Do two elements agree within the bounds? `worst` keeps the largest distance.
bool agree(const FloatFormat &type, uint64_t a, uint64_t b, uint64_t &worst) {
  APFloat x = valueOf(type, a), y = valueOf(type, b);
  if (x.isNaN() || y.isNaN())
    return x.isNaN() && y.isNaN();
  uint64_t distance = AbsoluteDifference(rank(type, a), rank(type, b));
  worst = std::max(worst, distance);
  return distance <= ulpBound ||
         std::abs(toDouble(x) - toDouble(y)) <= absBound;
}

int compare(ArrayRef<std::string> arguments) {
  if (arguments.size() != 2)
    return fail("expected compare A B");
  Expected<NpyArray> a = NpyArray::read(arguments[0]);
  if (!a)
    return fail(a.takeError());
  Expected<NpyArray> b = NpyArray::read(arguments[1]);
  if (!b)
    return fail(b.takeError());
  if (a->element() != b->element() || a->shape() != b->shape()) {
    outs() << "expected equal types and shapes, got " << npyName(a->element())
           << ' ' << act::printShape(a->shape()) << " and "
           << npyName(b->element()) << ' ' << act::printShape(b->shape())
           << '\n';
    return 1;
  }
  const FloatFormat *type = formatOf(a->element());
  if (!type)
    return fail("expected arrays of floats");
  uint64_t worst = 0;
  int64_t different = 0;
  for (int64_t i = 0; i < a->numElements(); ++i) {
    if (agree(*type, bitsAt(*a, i), bitsAt(*b, i), worst))
      continue;
    if (++different <= 10)
      outs() << "at " << i << ": " << printElement(*a, i) << " and "
             << printElement(*b, i) << '\n';
  }
  outs() << different << " of " << a->numElements()
         << " elements differ; at most " << worst << " ulp\n";
  return different != 0;
}

} // namespace

int main(int argc, char **argv) {
  if (!cl::ParseCommandLineOptions(argc, argv, "Arrays for tests\n", &errs()))
    return 2;
  ArrayRef<std::string> arguments(&*words.begin(), words.size());
  StringRef command = arguments.front();
  arguments = arguments.drop_front();
  if (command == "make")
    return make(arguments);
  if (command == "print")
    return print(arguments);
  if (command == "compare")
    return compare(arguments);
  return fail("expected make, print or compare, got " + command);
}
