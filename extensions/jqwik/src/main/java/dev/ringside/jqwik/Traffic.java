// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import dev.ringside.Lab;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Packets with pauses between them: frames of 64, 1,500 and 9,000 bytes, of flows of which a few
 * are heavy and many are light (Zipf's law: the n-th has a share of 1/n).
 *
 * <pre>{@code
 * @Property
 * void web_gets_it_all(@ForAll Traffic traffic, Lab lab) {
 *   traffic.send(lab, lab.vm("vm1"));
 * }
 * }</pre>
 *
 * @param sends the packets, in order
 */
public record Traffic(List<Send> sends) {

  private static final int MAX_SENDS = 64;
  private static final int FLOWS = 16;
  private static final int FIRST_PORT = 49_152;
  private static final int HEADER_BYTES = 42;

  /** Copies the packets. */
  public Traffic {
    sends = List.copyOf(sends);
  }

  /**
   * One packet.
   *
   * <pre>{@code
   * new Traffic.Send(1_000, 0, 64) // a microsecond after the one before
   * }</pre>
   *
   * @param pauseNanos how long after the one before it leaves
   * @param flow its flow, 0 for the heaviest
   * @param frameBytes how long its frame is
   */
  public record Send(long pauseNanos, int flow, int frameBytes) {

    /** The packet, a UDP datagram whose source port tells its flow. */
    public PacketSpec to(Endpoint receiver) {
      return Packets.udp()
          .to(receiver)
          .fromPort(FIRST_PORT + flow)
          .payloadSize(Math.max(0, frameBytes - HEADER_BYTES));
    }
  }

  /** Up to 64 packets of up to 16 flows. */
  public static Arbitrary<Traffic> arbitrary() {
    Arbitrary<Long> pauses = Arbitraries.of(0L, 0L, 1_000L, 1_000_000L);
    Arbitrary<Integer> sizes =
        Arbitraries.frequency(Tuple.of(6, 64), Tuple.of(3, 1_500), Tuple.of(1, 9_000));
    return Combinators.combine(pauses, Arbitraries.frequency(zipf()), sizes)
        .as(Send::new)
        .list()
        .ofMaxSize(MAX_SENDS)
        .map(Traffic::new)
        .withoutEdgeCases();
  }

  private static List<Tuple.Tuple2<Integer, Integer>> zipf() {
    List<Tuple.Tuple2<Integer, Integer>> shares = new ArrayList<>(FLOWS);
    for (int flow = 0; flow < FLOWS; flow++) {
      shares.add(Tuple.of(720 / (flow + 1), flow));
    }
    return shares;
  }

  /** Sends it all from the station, with its pauses. */
  public void send(Lab lab, Endpoint receiver) {
    for (Send send : sends) {
      lab.advance(Duration.ofNanos(send.pauseNanos()));
      lab.wire().send(send.to(receiver));
    }
  }
}
