// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Segments made from an example are those that a sentence makes. */
class TcpSegmentsTest {

  private static final Endpoint A =
      Endpoint.of("a", "02:00:5e:10:00:0a", "192.0.2.10", "2001:db8::a");
  private static final Endpoint B =
      Endpoint.of("b", "02:00:5e:10:00:0b", "192.0.2.20", "2001:db8::b");

  @Property(tries = 300)
  void a_segment_has_the_bytes_of_the_sentence(
      @ForAll boolean six,
      @ForAll boolean tagged,
      @ForAll int sequence,
      @ForAll int acknowledgement,
      @ForAll @IntRange(max = 0xff) int flags,
      @ForAll @IntRange(max = 0xffff) int window,
      @ForAll @Size(max = 200) byte[] data) {
    TcpSpec versioned = six ? tcp().from(A).to(B).ipv6() : tcp().from(A).to(B).dontFragment();
    TcpSpec said = tagged ? versioned.vlan(100) : versioned;
    TcpSegments segments = new TcpSegments(said.tcpOptions(new byte[] {2, 4, 5, 6}).toPacket());

    Packet made = segments.segment(flags, sequence, acknowledgement, window, data, 0, data.length);

    TcpSpec whole =
        said.flags(flags)
            .sequence(Integer.toUnsignedLong(sequence))
            .acknowledgement(Integer.toUnsignedLong(acknowledgement))
            .window(window)
            .payload(data);
    assertThat(made.toByteArray()).isEqualTo(whole.toPacket().toByteArray());
    assertThat(made.checksumFault()).isNull();
  }

  @Test
  void payload_is_copied_from_anywhere_to_anywhere() {
    TcpSegments segments = new TcpSegments(tcp().from(A).to(B).toPacket());
    Packet made = segments.segment(TcpSpec.ACK, 1, 2, 3, new byte[] {9, 8, 7, 6, 5}, 1, 3);
    byte[] target = new byte[4];

    TcpSegments.copyPayload(made, 1, target, 2, 2);

    assertThat(made.payload()).containsExactly(8, 7, 6);
    assertThat(target).containsExactly(0, 0, 7, 6);
  }

  @Test
  void another_protocol_is_no_example() {
    Packet datagram = udp().from(A).to(B).toPacket();

    assertThatThrownBy(() -> new TcpSegments(datagram))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a TCP segment: " + datagram);
  }

  @Property(tries = 500)
  void eight_bytes_at_a_time_give_the_same_checksum_as_two(
      @ForAll @Size(max = 400) byte[] bytes, @ForAll @IntRange(max = 20) int from) {
    int start = Math.min(from, bytes.length);
    long naive = 0;
    for (int i = start; i < bytes.length; i++) {
      naive += (long) (bytes[i] & 0xff) << ((i - start) % 2 == 0 ? 8 : 0);
    }

    assertThat(Checksums.finish(Checksums.sum(bytes, start, bytes.length, 0)))
        .isEqualTo(Checksums.finish(naive));
  }
}
