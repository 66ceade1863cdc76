//===- AdaptiveQuadrature.cpp - Integrals of smooth functions -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdaptiveQuadrature.h"
#include <cmath>
#include <vector>

namespace act {

using Function = llvm::function_ref<double(double)>;

namespace {
/// A node of the Kronrod rule on [-1, 1] and its mirror image, with the weights
/// in both rules: R. Piessens et al., QUADPACK, Springer 1983, routine qk15.
struct KronrodNode {
  double at, kronrod, gauss;
};

/// A panel and what both rules say about its integral.
struct Panel {
  double from, to;
  double kronrod = 0.0, gauss = 0.0;
};
} // namespace

static constexpr KronrodNode kNodes[] = {
    {0.991455371120812639206854697526329, 0.022935322010529224963732008058970,
     0.0},
    {0.949107912342758524526189684047851, 0.063092092629978553290700663189204,
     0.129484966168869693270611432679082},
    {0.864864423359769072789712788640926, 0.104790010322250183839876322541518,
     0.0},
    {0.741531185599394439863864773280788, 0.140653259715525918745189590510238,
     0.279705391489276667901467771423780},
    {0.586087235467691130294144691693838, 0.169004726639267902826583426598550,
     0.0},
    {0.405845151377397166906606412076961, 0.190350578064785409913256402421014,
     0.381830050505118944950369775488975},
    {0.207784955007898467600689403773245, 0.204432940075298892414161999234649,
     0.0}};
static constexpr KronrodNode kCenter = {0.0,
                                        0.209482141084727828012999174891714,
                                        0.417959183673469387755102040816327};

/// A narrow step needs a halving for each factor of two in its width.
static constexpr unsigned kMostHalvings = 40;
/// Where the Gauss rule is right to this share of the whole, the Kronrod rule
/// is right to far less.
static constexpr double kAgreement = 1e-12;
/// A function with a step takes some 200; one that is noisy beyond kAgreement
/// would never end.
static constexpr unsigned kMostPanels = 4000;

static Panel estimate(Function function, double from, double to) {
  double middle = (from + to) / 2, half = (to - from) / 2;
  double value = half * function(middle);
  Panel panel = {from, to, kCenter.kronrod * value, kCenter.gauss * value};
  for (const KronrodNode &node : kNodes) {
    double both = half * (function(middle - half * node.at) +
                          function(middle + half * node.at));
    panel.kronrod += node.kronrod * both;
    panel.gauss += node.gauss * both;
  }
  return panel;
}

/// Panels that grow fourfold from both ends to the middle.
static std::vector<Panel> gradedPanels(Function function, double from,
                                       double to) {
  std::vector<Panel> panels;
  double inner = 0.0;
  for (double share = 0x1p-41; share <= 0.5; share *= 4) {
    double outer = share * (to - from);
    panels.push_back(estimate(function, from + inner, from + outer));
    panels.push_back(estimate(function, to - outer, to - inner));
    inner = outer;
  }
  return panels;
}

namespace {
class Refinement {
public:
  Refinement(Function function, double tolerance)
      : function(function), tolerance(tolerance) {}

  double integral(const Panel &panel, unsigned halvings = kMostHalvings) {
    bool agree = std::abs(panel.kronrod - panel.gauss) <= tolerance;
    if (agree || halvings == 0 || ++panels > kMostPanels)
      return panel.kronrod;
    double middle = (panel.from + panel.to) / 2;
    return integral(estimate(function, panel.from, middle), halvings - 1) +
           integral(estimate(function, middle, panel.to), halvings - 1);
  }

private:
  Function function;
  double tolerance;
  unsigned panels = 0;
};
} // namespace

double integrate(Function function, double from, double to) {
  std::vector<Panel> panels = gradedPanels(function, from, to);
  double crude = 0.0, sum = 0.0;
  for (const Panel &panel : panels)
    crude += panel.kronrod;
  Refinement refinement(function, kAgreement * crude);
  for (const Panel &panel : panels)
    sum += refinement.integral(panel);
  return sum;
}

} // namespace act
