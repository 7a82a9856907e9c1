// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.ip;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpSpec;
import dev.ringside.packet.Packet;
import dev.ringside.stack.ReassemblyTwin.Piece;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever fragments come: the right ones become whole, and none is lost or counted twice. */
class ReassemblyProperties {

  @Property(tries = 2_000)
  void does_what_the_simple_twin_does(
      @ForAll @Size(max = 12) List<@From("pieces") Piece> pieces, @ForAll boolean ipv6) {
    Bench bench = new Bench();
    ReassemblyTwin twin = new ReassemblyTwin();

    for (Piece piece : pieces) {
      int before = bench.inbox.size();
      List<Byte> expected = twin.add(piece);
      bench.receive(packet(piece, 1, ipv6));

      assertThat(bench.stack.live()).isEqualTo(twin.live());
      assertThat(bench.inbox.size() - before).isEqualTo(expected == null ? 0 : 1);
      if (expected != null) {
        assertThat(bytes(bench.inbox.packets().get(before))).isEqualTo(expected);
      }
      bench.checkLaw();
    }
  }

  @Property(tries = 100)
  void any_number_of_datagrams_keeps_the_law_and_ends(
      @ForAll @Size(max = 300) List<@From("pieces") Piece> pieces,
      @ForAll @IntRange(min = 1, max = 200) int identifications,
      @ForAll boolean ipv6) {
    Bench bench = new Bench();

    for (int i = 0; i < pieces.size(); i++) {
      bench.receive(packet(pieces.get(i), i % identifications, ipv6));
      if (i % 50 == 0) {
        bench.advanceSeconds(10);
      }
      bench.checkLaw();
    }
    bench.advanceSeconds(60);

    assertThat(bench.stack.live()).isZero();
    assertThat(bench.world.scheduled()).isZero();
    bench.checkLaw();
  }

  /** Few places and few values, so that pieces often fit, and often contradict each other. */
  @Provide
  Arbitrary<Piece> pieces() {
    Arbitrary<Integer> offsets = Arbitraries.integers().between(0, 4).map(unit -> unit * 8);
    Arbitrary<Integer> lengths = Arbitraries.of(8, 8, 8, 16);
    Arbitrary<Byte> values = Arbitraries.frequency(Tuple.of(9, (byte) 1), Tuple.of(1, (byte) 2));
    Arbitrary<Boolean> more = Arbitraries.of(true, true, false);
    return Combinators.combine(offsets, lengths, values, more)
        .as((offset, length, value, follows) -> piece(offset, length, value, follows));
  }

  private static Piece piece(int offset, int length, byte value, boolean more) {
    List<Byte> bytes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      bytes.add((byte) (value * 16 + (offset + i) / 8));
    }
    return new Piece(offset, bytes, more);
  }

  private static Packet packet(Piece piece, int identification, boolean ipv6) {
    byte[] payload = new byte[piece.bytes().size()];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = piece.bytes().get(i);
    }
    IpSpec spec = ip(253).from(A).to(B).fragment(piece.offset(), piece.more()).payload(payload);
    spec = spec.identification(identification);
    return ipv6 ? spec.ipv6().toPacket() : spec.toPacket();
  }

  private static List<Byte> bytes(Packet whole) {
    List<Byte> bytes = new ArrayList<>();
    for (byte value : whole.payload()) {
      bytes.add(value);
    }
    return bytes;
  }
}
