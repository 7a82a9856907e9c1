// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.List;

/** The packets and devices that the message of a failure names. */
final class Mentions {

  private static final int MAX_DIGITS = 18;

  private final String head;
  private final String message;

  Mentions(TestFailure failure) {
    this.head = failure.head();
    this.message = failure.message();
  }

  /** Their numbers, those of the first paragraph first. */
  List<Long> packets() {
    List<Long> ids = new ArrayList<>();
    for (int at = message.indexOf('#'); at >= 0; at = message.indexOf('#', at + 1)) {
      int end = at + 1;
      while (end < message.length() && end - at <= MAX_DIGITS && isDigit(message.charAt(end))) {
        end++;
      }
      if (end > at + 1) {
        ids.add(Long.parseLong(message.substring(at + 1, end)));
      }
    }
    return ids;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The devices that the first paragraph names; of p0/vf1/rx0 what comes nearest to it. */
  List<Account> devices(List<Account> accounts) {
    int[] longest = new int[head.length()];
    for (Account account : accounts) {
      for (int at = next(account, 0); at >= 0; at = next(account, at + 1)) {
        longest[at] = Math.max(longest[at], account.name().length());
      }
    }
    List<Account> named = new ArrayList<>();
    for (Account account : accounts) {
      for (int at = next(account, 0); at >= 0; at = next(account, at + 1)) {
        if (account.name().length() == longest[at] && !named.contains(account)) {
          named.add(account);
        }
      }
    }
    return named;
  }

  /** Where the device is named next. */
  private int next(Account account, int from) {
    String name = account.name();
    if (name.isEmpty()) {
      return -1;
    }
    for (int at = head.indexOf(name, from); at >= 0; at = head.indexOf(name, at + 1)) {
      boolean whole = isBoundary(at - 1, false) && isBoundary(at + name.length(), true);
      if (whole && isMeant(account.stage(), name, head.substring(0, at))) {
        return at;
      }
    }
    return -1;
  }

  private boolean isBoundary(int at, boolean behind) {
    if (at < 0 || at >= head.length()) {
      return true;
    }
    char c = head.charAt(at);
    return c == '/' ? behind : !Character.isLetterOrDigit(c) && c != '-' && c != '_';
  }

  /** Several kinds of devices may have one name, and some names are words like others. */
  private static boolean isMeant(Stage stage, String name, String before) {
    if (before.endsWith(stage.name() + ' ')) {
      return true;
    }
    for (Stage other : Stage.values()) {
      if (before.endsWith(other.name() + ' ')) {
        return false;
      }
    }
    return switch (stage) {
      case WIRE -> before.endsWith("cable ");
      case EXTERNAL_SWITCH, VIRTUAL_SWITCH -> before.endsWith("switch ");
      case STATION, ROUTER, INTERCONNECT -> false;
      default -> !before.endsWith("cable ") && (isTelling(name) || before.endsWith("VM "));
    };
  }

  /** Not a word that a message may have for another reason. */
  private static boolean isTelling(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!Character.isLetter(name.charAt(i))) {
        return true;
      }
    }
    return name.length() > 2 && !name.equals("station");
  }
}
