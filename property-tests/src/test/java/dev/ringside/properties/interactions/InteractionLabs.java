// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.packet.UdpSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens labs for a test; after it every packet must have its fate in each of them. */
final class InteractionLabs implements AfterEachCallback {

  /** So many bits a second that the frame of {@link #large} is on a cable for 11 ms. */
  static final long SLOW_CABLE = 1_000_000;

  /** The bytes of the frame of {@link #large}. */
  static final long LARGE = 1_442;

  private final List<Lab> labs = new ArrayList<>();

  Lab open(UnaryOperator<HostBuilder> host) {
    LabBuilder builder = Lab.builder();
    HostBuilder unused = host.apply(builder.host("h1"));
    return open(builder);
  }

  Lab open(LabBuilder builder) {
    Lab lab = builder.open();
    labs.add(lab);
    return lab;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (Lab lab : labs) {
      assertThat(lab.ledger().violations()).isEmpty();
      lab.close();
    }
  }

  /** A short datagram that carries a number, as its destination port. */
  static UdpSpec small(int number, Endpoint to) {
    return Packets.udp().to(to).port(number);
  }

  /** A datagram that carries a number and whose frame has {@link #LARGE} bytes. */
  static UdpSpec large(int number, Endpoint to) {
    return small(number, to).payloadSize(1_400);
  }

  /** The numbers of those packets that have one, in the order of arrival. */
  static List<Integer> numbers(List<Packet> packets) {
    List<Integer> numbers = new ArrayList<>();
    for (Packet packet : packets) {
      if (packet.is(IpProtocol.UDP)) {
        numbers.add(packet.destinationPort());
      }
    }
    return numbers;
  }

  /** The numbers from first to last. */
  static List<Integer> range(int first, int last) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      numbers.add(i);
    }
    return numbers;
  }
}
