// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import java.util.List;

/** The frames of two real hosts. */
final class Captures {

  private Captures() {}

  static List<CapturedPacket> read(String name) {
    String resource = "/captures/" + name + ".pcap";
    return CaptureReader.readAll(Captures.class.getResourceAsStream(resource), resource);
  }
}
