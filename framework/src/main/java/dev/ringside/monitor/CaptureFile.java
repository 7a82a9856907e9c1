// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.packet.capture.PcapngWriter;
import java.util.List;

/** What a monitor has captured, as a file that Wireshark opens. */
final class CaptureFile {

  private CaptureFile() {}

  static void write(UserMemory memory, List<Tap> taps, PcapngWriter writer) {
    for (Tap tap : taps) {
      writer.addInterface(tap.card.label());
    }
    for (int slot = memory.oldest(); slot >= 0; slot = memory.after(slot)) {
      int card = memory.card(slot);
      writer.write(
          new CapturedPacket(
              memory.time(slot),
              memory.realLength(slot),
              memory.packet(slot),
              card,
              taps.get(card).card.label(),
              List.of()));
    }
  }
}
