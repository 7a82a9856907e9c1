// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Gives a JUnit test its lab, hosts and NICs, checks their laws after it, and cleans up. */
module dev.ringside.junit.jupiter {
  requires transitive dev.ringside;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports dev.ringside.junit.jupiter;
}
