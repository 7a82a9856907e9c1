// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;

class PcapngFuzzTest {

  /** A section of version 1.0, and an interface: Ethernet, 65,535 bytes. */
  private static final byte[] HEADER =
      HexFormat.of()
          .parseHex(
              "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000"
                  + "010000001400000001000000ffff000014000000");

  @FuzzTest(maxDuration = "60m")
  void any_bytes_are_read_or_refused(byte[] bytes) {
    CaptureFuzz.read(bytes);
    CaptureFuzz.read(CaptureFuzz.behind(HEADER, bytes));
  }
}
