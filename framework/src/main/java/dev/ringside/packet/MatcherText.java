// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.List;

/** Matchers in words. */
final class MatcherText {

  private MatcherText() {}

  /** Lambdas have no name that is the same in every run. */
  static String of(PacketMatcher matcher) {
    Class<?> type = matcher.getClass();
    if (type.isHidden() || type.isSynthetic()) {
      return "a function";
    }
    String text = matcher.toString();
    return text.startsWith(type.getName() + "@") ? type.getSimpleName() : text;
  }

  /** As part of a longer sentence. */
  static String part(PacketMatcher matcher) {
    String text = of(matcher);
    return matcher instanceof AllOf || matcher instanceof AnyOf ? "(" + text + ")" : text;
  }

  static List<FieldMismatch> mismatches(PacketMatcher matcher, Packet packet) {
    return matcher.matches(packet)
        ? List.of()
        : List.of(new FieldMismatch(of(matcher), "true", "false"));
  }
}
