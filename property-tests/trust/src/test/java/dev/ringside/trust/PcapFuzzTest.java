// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.trust;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;

class PcapFuzzTest {

  /** Version 2.4, microseconds, 65,535 bytes, Ethernet. */
  private static final byte[] HEADER =
      HexFormat.of().parseHex("d4c3b2a1020004000000000000000000ffff000001000000");

  @FuzzTest(maxDuration = "60m")
  void any_bytes_are_read_or_refused(byte[] bytes) {
    CaptureFuzz.read(bytes);
    CaptureFuzz.read(CaptureFuzz.behind(HEADER, bytes));
  }
}
