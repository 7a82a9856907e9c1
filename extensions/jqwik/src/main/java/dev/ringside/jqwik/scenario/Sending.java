// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.scenario;

import dev.ringside.Lab;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.packet.UdpSpec;
import dev.ringside.vm.VirtualMachine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The packets of scripts. Each flow, that is sender and receiver, has numbered datagrams, so that a
 * receiver can tell which are missing, doubled or late.
 *
 * <pre>{@code
 * Sending.numberOf(web.received().get(0)); // 3008: step 3, the last of a burst
 * }</pre>
 */
public final class Sending {

  /** The destination port of numbered datagrams. */
  public static final int PORT = 4_242;

  /** The name of the test's own station in scripts. */
  public static final String STATION = "station";

  /** The number of a packet that has none. */
  public static final int UNNUMBERED = -1;

  private static final int PER_STEP = 1_000;
  private static final int BURST = 8;

  /** Ethernet, IPv4 and UDP headers. */
  private static final int HEADER_BYTES = 42;

  private static final int NUMBER_BYTES = 4;

  private Sending() {}

  static void datagram(Lab lab, Step step) {
    send(lab, step, 1);
  }

  static void burst(Lab lab, Step step) {
    send(lab, step, BURST);
  }

  private static void send(Lab lab, Step step, int times) {
    for (int i = 1; i <= times; i++) {
      Endpoint to = endpoint(lab, step.object());
      if (to == null) {
        return;
      }
      UdpSpec spec =
          Packets.udp()
              .to(to)
              .fromPort(PORT)
              .port(PORT)
              .payload(payload(step.number() * PER_STEP + i, (int) step.amount()));
      if (step.subject().equals(STATION)) {
        lab.wire()
            .send(to instanceof VirtualMachine vm && vm.vlan() != 0 ? spec.vlan(vm.vlan()) : spec);
      } else {
        VirtualMachine from = find(lab, step.subject());
        if (from != null) {
          from.send(spec);
        }
      }
    }
  }

  private static byte[] payload(int number, int frameBytes) {
    int bytes = Math.max(NUMBER_BYTES, frameBytes - HEADER_BYTES);
    return ByteBuffer.allocate(bytes).putInt(number).array();
  }

  static void ping(Lab lab, Step step) {
    Endpoint to = endpoint(lab, step.object());
    VirtualMachine from = find(lab, step.subject());
    if (to != null && from != null) {
      from.ping(to);
    }
  }

  private static @Nullable Endpoint endpoint(Lab lab, String name) {
    return name.equals(STATION) ? lab.wire() : find(lab, name);
  }

  static @Nullable VirtualMachine find(Lab lab, String name) {
    return lab.host().hasVm(name) ? lab.host().vm(name) : null;
  }

  /** The number of a datagram of a script: a thousand times its step, and its place in a burst. */
  public static int numberOf(Packet packet) {
    boolean numbered = packet.destinationPort() == PORT && packet.payloadLength() >= NUMBER_BYTES;
    return numbered ? packet.intAt(packet.payloadOffset()) : UNNUMBERED;
  }
}
