// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.concurrency;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Eight threads do all that one can do to a host; then the laws hold, and nothing is left behind.
 * The plain build does a number of rounds; the profile long goes on for a minute.
 */
class StressTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 400;
  private static final int SECONDS = Integer.getInteger("ringside.stress.seconds", 0);

  @ParameterizedTest
  @EnumSource(
      value = Aggregation.class,
      names = {"ACTIVE_STANDBY", "ACTIVE_ACTIVE"})
  void eight_threads_leave_the_laws_intact(Aggregation aggregation) throws Exception {
    try (Lab lab = open(aggregation)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        work.add(() -> drive(lab, number));
      }
      runTogether(work);
      putInOrder(lab);

      assertThat(lab.ledger().violations()).isEmpty();
      assertThat(lab.waiters()).isEmpty();
      assertThat(lab.host().memory().quota("web").used()).isZero();
      assertThat(lab.host().transmitBuffers().free()).isEqualTo(8);
      for (VirtualMachine vm : lab.host().vms()) {
        assertThat(vm.directAccessThrough()).as(vm.name()).isNotNull();
      }
    }
  }

  private static Lab open(Aggregation aggregation) {
    LabBuilder builder = Lab.builder().journalCapacity(1_000);
    builder
        .host("h1")
        .pnics(3)
        .virtualFunctions(8)
        .vms("web", "db")
        .aggregation(aggregation)
        .numa(NumaTopology.nodes(2).buffers(4));
    Lab lab = builder.open();
    lab.expectDrops(DropReason.values());
    lab.host().memory().reserve("web", bytes(3_000));
    return lab;
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

  private static Void drive(Lab lab, int thread) {
    SplittableRandom random = new SplittableRandom(thread);
    long start = System.nanoTime();
    int round = 0;
    while (SECONDS == 0
        ? round < ROUNDS
        : System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
      step(lab, thread, round++, random);
    }
    return null;
  }

  private static void step(Lab lab, int thread, int round, SplittableRandom random) {
    Host host = lab.host();
    PhysicalNic nic = host.pnic("p" + random.nextInt(3));
    VirtualMachine web = host.vm("web");
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> lab.wire().send(udp().to(web).fromPort(1_000 + thread).payloadSize(500), 3);
      case 3, 4 -> web.send(udp().to(host.vm("db")).fromPort(2_000 + thread).payloadSize(100));
      case 5 -> host.vm("db").send(tcp().to(lab.wire()).fromPort(3_000 + round % 50).port(80));
      case 6 -> nic.fail();
      case 7, 8 -> nic.repair();
      case 9 -> web.inbox().release(1 + random.nextInt(4));
      case 10 -> web.inbox().clear();
      case 11 -> host.memory().quota("web").setLimit(bytes(2_000 + random.nextInt(4_000)));
      case 12 -> lab.advance(Duration.ofNanos(random.nextInt(50_000)));
      case 13 -> pauseAndResume(host.vm("db"));
      case 14 -> comeAndGo(host, "guest" + thread);
      default -> takeAndGive(host);
    }
  }

  private static void pauseAndResume(VirtualMachine vm) {
    vm.pause();
    vm.resume();
  }

  private static void comeAndGo(Host host, String name) {
    VirtualMachine vm = host.addVm(VmSpec.named(name));
    vm.ping(host.vm("web"));
    host.removeVm(name);
  }

  private static void takeAndGive(Host host) {
    TransmitBufferRequest request = host.transmitBuffers().request("db");
    if (request.cancel()) {
      return;
    }
    if (request.isGranted()) {
      request.granted().release();
    }
  }

  /** Everything works again, everybody goes on, and what was taken is given back. */
  private static void putInOrder(Lab lab) {
    Host host = lab.host();
    host.pnics().forEach(PhysicalNic::repair);
    host.vms().forEach(VirtualMachine::resume);
    host.memory().quota("web").setLimit(bytes(1_000_000));
    lab.advance(Duration.ofSeconds(10));
    host.vm("web").inbox().clear();
  }
}
