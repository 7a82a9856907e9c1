// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.packet.Packet;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Packets to which something has happened. */
final class DamagedPackets {

  private static final int MAX_CHANGES = 4;
  private static final int MAX_RANDOM_BYTES = 128;

  /** Most of what decides how a frame is read is in its first bytes. */
  private static final int REACH = 96;

  /** Values at which a length, a version or a type changes its meaning. */
  private static final Integer[] TURNING_POINTS = {
    0, 1, 4, 5, 6, 8, 0x0f, 0x2b, 0x2c, 0x33, 0x3a, 0x40, 0x45, 0x4f, 0x60, 0x7f, 0x80, 0x81, 0xff
  };

  private DamagedPackets() {}

  private record Change(int place, int value) {
    void applyTo(byte[] frame) {
      if (frame.length > 0) {
        frame[place % Math.min(frame.length, REACH)] = (byte) value;
      }
    }
  }

  static Arbitrary<Packet> of(Arbitrary<Packet> originals) {
    return Arbitraries.oneOf(changed(originals), cut(originals), noise());
  }

  private static Arbitrary<Packet> changed(Arbitrary<Packet> originals) {
    Arbitrary<Integer> values =
        Arbitraries.oneOf(Arbitraries.of(TURNING_POINTS), Arbitraries.integers().between(0, 255));
    Arbitrary<List<Change>> changes =
        Combinators.combine(Arbitraries.integers().between(0, REACH - 1), values)
            .as(Change::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(MAX_CHANGES);
    return Combinators.combine(originals, changes).as(DamagedPackets::change).withoutEdgeCases();
  }

  private static Packet change(Packet original, List<Change> changes) {
    byte[] frame = original.toByteArray();
    for (Change change : changes) {
      change.applyTo(frame);
    }
    return Packet.of(frame);
  }

  private static Arbitrary<Packet> cut(Arbitrary<Packet> originals) {
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, REACH);
    return Combinators.combine(originals, lengths)
        .as((packet, length) -> Packet.of(Arrays.copyOf(packet.toByteArray(), length)))
        .withoutEdgeCases();
  }

  private static Arbitrary<Packet> noise() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(MAX_RANDOM_BYTES)
        .map(Packet::of)
        .withoutEdgeCases();
  }
}
