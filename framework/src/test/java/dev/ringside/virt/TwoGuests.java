// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Packets;

/** Guests a and b of one host, who send frames of 1,000 bytes. */
final class TwoGuests {

  private TwoGuests() {}

  /** Both through virtual functions, or both through the virtual switch. */
  static Lab open(TestLabs labs, boolean direct) {
    VmSpec a = VmSpec.named("a");
    VmSpec b = VmSpec.named("b");
    return labs.open(
        host ->
            host.pnics(2)
                .virtualFunctions(2)
                .vm(direct ? a : a.switched())
                .vm(direct ? b : b.switched()));
  }

  /** Sends to the wire, to each of these ports. */
  static void send(Lab lab, String vm, int first, int last) {
    for (int i = first; i <= last; i++) {
      lab.vm(vm).send(Packets.udp().to(lab.wire()).payloadSize(958).port(i));
    }
  }
}
