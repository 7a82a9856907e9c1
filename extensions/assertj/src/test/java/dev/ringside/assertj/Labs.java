// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.Lab;

/** The labs of these tests. */
final class Labs {

  private Labs() {}

  /** Host h1: NICs p0 and p1 of two functions each, virtual machines web and db. */
  static Lab twoNics() {
    return lab(2);
  }

  /** Host h1: NIC p0 of two functions, virtual machines web and db. */
  static Lab oneNic() {
    return lab(1);
  }

  private static Lab lab(int pnics) {
    return Lab.builder()
        .topology(lab -> lab.host("h1").pnics(pnics).virtualFunctions(2).vms("web", "db"))
        .open();
  }
}
