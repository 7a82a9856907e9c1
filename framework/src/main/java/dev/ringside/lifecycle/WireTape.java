// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.capture.PcapngWriter;
import dev.ringside.wire.Cable;
import dev.ringside.world.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the last packets that went through a cable, to write them when a test has failed. Packets
 * are immutable, so that a reference and a time are all that is kept; nothing is kept before the
 * first packet.
 */
final class WireTape {

  /** How many packets of a cable are kept; older ones are forgotten. */
  static final int CAPACITY = 4_096;

  private static final int INITIAL = 16;
  private static final long[] NO_STAMPS = {};

  private final World world;
  private final Cable cable;
  private List<Packet> packets = List.of();

  /** Twice the time, plus one for a packet to the network. */
  private long[] stamps = NO_STAMPS;

  private long recorded;

  WireTape(World world, Cable cable) {
    this.world = world;
    this.cable = cable;
    cable.toHost().tap(new Head(0));
    cable.toNetwork().tap(new Head(1));
  }

  String name() {
    return cable.name();
  }

  /** How many packets were forgotten. */
  long forgotten() {
    return Math.max(0, recorded - CAPACITY);
  }

  private void record(Packet packet, int direction) {
    if (recorded == 0) {
      packets = new ArrayList<>(INITIAL);
    }
    int at = (int) (recorded % CAPACITY);
    if (at == packets.size()) {
      packets.add(packet);
    } else {
      packets.set(at, packet);
    }
    if (at == stamps.length) {
      stamps = Arrays.copyOf(stamps, at == 0 ? INITIAL : at * 4);
    }
    stamps[at] = world.now() << 1 | direction;
    recorded++;
  }

  /** Writes what it holds, oldest first, each direction as an interface of its own. */
  void write(Path file) {
    try (PcapngWriter writer = PcapngWriter.create(file)) {
      writer.addInterface(cable.name() + " to host");
      writer.addInterface(cable.name() + " to network");
      for (long i = forgotten(); i < recorded; i++) {
        int at = (int) (i % CAPACITY);
        writer.write((int) (stamps[at] & 1), stamps[at] >>> 1, packets.get(at));
      }
    }
  }

  /** At one end of the cable. */
  private final class Head implements PacketSink {
    private final int direction;

    Head(int direction) {
      this.direction = direction;
    }

    @Override
    public void accept(Packet packet) {
      record(packet, direction);
    }
  }
}
