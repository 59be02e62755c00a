// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and display radii of the elements.
#include <algorithm>
#include <array>

#include "gui/scene/structure_scene.h"

namespace ionscape::scene {

namespace {

// clang-format off
/// 0xRRGGBB for the atomic numbers 1 to 103: the colours of Jmol, but Li, O, Si, P, Zr and the 23 dopants of the mixed
/// sites were moved apart (CIELAB distance over 22, over 32 within Li Zr Hf Sn Ti Nb Si P O) and O was toned down, so
/// that Li stands out. tests/gui/scene checks the distances.
constexpr std::array<unsigned, crystal::Element::maxAtomicNumber> colours{
    0xFFFFFF, 0xD9FFFF, 0xC23CFF, 0xC2FF00, 0xFFB5B5, 0x909090, 0x3050F8, 0xD9695F,  // H He Li Be B C N O
    0x90E050, 0xB3E3F5, 0xAB5CF2, 0xBBF472, 0xDEB0B3, 0xEFC79F, 0xF9973B, 0xFFFF30,  // F Ne Na Mg Al Si P S
    0x1FF01F, 0x80D1E3, 0x8F40D4, 0x74B032, 0xE3E2DB, 0xCBC2E5, 0x9AA4A7, 0x8A99C7,  // Cl Ar K Ca Sc Ti V Cr
    0x9C7AC7, 0xDF6533, 0xF290A2, 0x66D971, 0xC88033, 0x7C80B0, 0xBF896D, 0x418F9A,  // Mn Fe Co Ni Cu Zn Ga Ge
    0xBD80E3, 0xFFA100, 0xA62929, 0x5CB8D1, 0x702EB0, 0x00FF00, 0x50F7F1, 0xA6EBED,  // As Se Br Kr Rb Sr Y Zr
    0x00A99B, 0x54B5B5, 0x3B9E9E, 0x248F8F, 0x0A7D8C, 0x006985, 0xC0C0C0, 0xFFD98F,  // Nb Mo Tc Ru Rh Pd Ag Cd
    0x9F737B, 0x5E6C67, 0x9E6ABA, 0xD47A00, 0x940094, 0x429EB0, 0x57178F, 0x00C900,  // In Sn Sb Te I Xe Cs Ba
    0x2AD7F6, 0xDBE9B2, 0xD9FFC7, 0xC7FFC7, 0xA3FFC7, 0x8FFFC7, 0x61FFC7, 0x41FFC7,  // La Ce Pr Nd Pm Sm Eu Gd
    0x30FFC7, 0x1FFFC7, 0x00FF9C, 0x00E675, 0x00D452, 0x00BF38, 0x00AB24, 0x3CBFFE,  // Tb Dy Ho Er Tm Yb Lu Hf
    0x50A3FF, 0x2194D6, 0x267DAB, 0x266696, 0x175487, 0xD0D0E0, 0xFFD123, 0xB8B8D0,  // Ta W Re Os Ir Pt Au Hg
    0xA6544D, 0x575961, 0xA43696, 0xAB5C00, 0x754F45, 0x428296, 0x420066, 0x007D00,  // Tl Pb Bi Po At Rn Fr Ra
    0x70ABFA, 0x00BAFF, 0x00A1FF, 0x008FFF, 0x0080FF, 0x006BFF, 0x545CF2, 0x785CE3,  // Ac Th Pa U Np Pu Am Cm
    0x8A4FE3, 0xA136D4, 0xB31FD4, 0xB31FBA, 0xB30DA6, 0xBD0D87, 0xC70066,  // Bk Cf Es Fm Md No Lr
};
// clang-format on

}  // namespace

std::array<double, 3> elementColour(crystal::Element element) {
    const unsigned rgb = colours[static_cast<std::size_t>(element.atomicNumber() - 1)];
    return {(rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0};
}

double elementRadius(crystal::Element element) {
    // Large cations would hide the ions that move between them, so radii are compressed towards 0.5 Å.
    if (element.symbol() == "Li" || element.symbol() == "Na") return 0.60;
    if (element.symbol() == "O") return 0.33;
    return std::clamp(0.22 + 0.17 * element.covalentRadius(), 0.25, 0.60);
}

}  // namespace ionscape::scene
