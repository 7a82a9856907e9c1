// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.concurrency;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.flow.Destination.subTable;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Law 4: a lab may be used by several threads, whose operations then follow each other. */
class ConcurrencyProperties {

  private static final int SENDS = 200;
  private static final int CHANGES = 5_000;
  private static final int FIRST_PORT = 10_000;
  private static final LabTopology TOPOLOGY =
      LabTopology.of(2, 2, VmSpec.named("vm1"), VmSpec.named("vm2"));

  @Property(tries = 15)
  void no_thread_disturbs_another(@ForAll @IntRange(min = 2, max = 4) int threads)
      throws Exception {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int port = FIRST_PORT + thread;
        work.add(() -> send(lab, port));
      }
      work.add(() -> switchBackAndForth(lab));
      runTogether(work);

      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(lab.vm("vm1").received()).hasSize(threads * SENDS);
      for (int thread = 0; thread < threads; thread++) {
        assertThat(sizesFrom(lab, FIRST_PORT + thread)).isSorted().hasSize(SENDS);
      }
    }
  }

  @Property(tries = 10)
  void failures_and_time_and_packets_from_all_sides_leave_the_law_alone(
      @ForAll @IntRange(min = 2, max = 3) int threads) throws Exception {
    try (Lab lab = Lab.of(TOPOLOGY)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int port = FIRST_PORT + thread;
        work.add(() -> send(lab, port));
        work.add(() -> failAndRepair(lab));
        work.add(() -> pass(lab));
      }
      runTogether(work);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  /**
   * Two entries that are always replaced together would be seen apart, were a walk not one step.
   */
  @Property(tries = 10)
  void a_packet_is_classified_by_one_version_of_linked_tables(
      @ForAll @IntRange(min = 1, max = 3) int threads) throws Exception {
    FlowTable edge = new FlowTable("edge");
    FlowTable web = new FlowTable("web");
    FlowTable other = new FlowTable("other");
    web.insert(udp().port(53), ring(1));
    other.insert(udp().port(53), ring(2));
    FlowEntry entry = edge.insert(udp(), subTable(web).orElse(ring(9)));
    Packet query = udp().to(Endpoint.STATION).port(53).toPacket();

    List<Callable<Void>> work = new ArrayList<>();
    work.add(() -> replaceBackAndForth(edge, entry, web, other));
    work.add(() -> addAndRemove(web));
    work.add(() -> addAndRemove(other));
    List<Set<String>> seen = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      Set<String> ends = new TreeSet<>();
      seen.add(ends);
      work.add(() -> classify(edge, query, ends));
    }
    runTogether(work);

    for (Set<String> ends : seen) {
      assertThat(ends).isNotEmpty().isSubsetOf("ring 1", "ring 2");
    }
    assertThat(edge.size()).isEqualTo(1);
  }

  private static Void replaceBackAndForth(
      FlowTable edge, FlowEntry first, FlowTable web, FlowTable other) {
    FlowEntry entry = first;
    for (int i = 0; i < CHANGES; i++) {
      FlowTable next = i % 2 == 0 ? other : web;
      entry = edge.replace(entry, subTable(next).orElse(ring(9)));
    }
    return null;
  }

  private static Void addAndRemove(FlowTable table) {
    for (int i = 0; i < CHANGES; i++) {
      table.remove(table.append(udp().port(1 + i % 50), ring(7)));
    }
    return null;
  }

  private static Void classify(FlowTable edge, Packet query, Set<String> ends) {
    for (int i = 0; i < CHANGES; i++) {
      ends.add(String.valueOf(edge.classify(query).end()));
    }
    return null;
  }

  private static void runTogether(List<Callable<Void>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static Void send(Lab lab, int port) {
    for (int i = 0; i < SENDS; i++) {
      lab.wire().send(udp().to(lab.vm("vm1")).fromPort(port).payloadSize(100 + i));
    }
    return null;
  }

  private static Void switchBackAndForth(Lab lab) {
    for (int i = 0; i < SENDS; i++) {
      lab.host().aggregator().switchTo("p" + (1 - i % 2));
    }
    return null;
  }

  private static Void failAndRepair(Lab lab) {
    for (int i = 0; i < SENDS; i++) {
      new Step(0, i % 2 == 0 ? Action.FAIL : Action.REPAIR, "p" + i / 2 % 2, "", 0).run(lab);
    }
    return null;
  }

  private static Void pass(Lab lab) {
    for (int i = 0; i < SENDS; i++) {
      lab.advance(Duration.ofNanos(10));
    }
    return null;
  }

  private static List<Integer> sizesFrom(Lab lab, int port) {
    List<Integer> sizes = new ArrayList<>();
    for (Packet packet : lab.vm("vm1").received()) {
      if (packet.sourcePort() == port) {
        sizes.add(packet.payloadLength());
      }
    }
    return sizes;
  }
}
