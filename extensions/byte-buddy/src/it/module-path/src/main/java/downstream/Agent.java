// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

/** Code under test. */
final class Agent {

  private Agent() {}

  static long time() {
    return System.nanoTime();
  }
}
