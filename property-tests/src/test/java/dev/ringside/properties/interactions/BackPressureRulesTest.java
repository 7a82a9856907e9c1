// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.properties.interactions.InteractionLabs.LARGE;
import static dev.ringside.properties.interactions.InteractionLabs.SLOW_CABLE;
import static dev.ringside.properties.interactions.InteractionLabs.large;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.range;
import static dev.ringside.properties.interactions.InteractionLabs.small;

import dev.ringside.Lab;
import dev.ringside.memory.NumaTopology;
import dev.ringside.memory.Quota;
import dev.ringside.memory.TransmitBuffer;
import dev.ringside.memory.TransmitBufferRequest;
import dev.ringside.memory.TransmitBuffers;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Stage;
import dev.ringside.virt.Channel;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules 14 and 17: quotas with channels between guests, and with transmit buffers. */
class BackPressureRulesTest {

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  // ---- rule 14: proxies and quotas ----

  private Lab withProxies() {
    return labs.open(host -> host.vms("web", "db").proxies(ProxyConfig.DEFAULT.withCapacity(2)));
  }

  @Test
  void rule_14_the_receiver_is_charged_for_what_comes_by_its_proxy() {
    Lab lab = withProxies();
    Quota ofWeb = lab.host().memory().reserve("web", bytes(LARGE));
    Quota ofDb = lab.host().memory().reserve("db", bytes(3 * LARGE));

    Packet packet = lab.vm("web").send(large(1, lab.vm("db")));

    assertThat(lab.trace(packet)).passed(Stage.CHANNEL).neverPassed(Stage.PNIC).wasDelivered();
    assertThat(ofDb).hasUsed(LARGE).hasLive(1);
    assertThat(ofWeb).as("a sender pays nothing").hasUsed(0);
    lab.vm("db").inbox().release(1);
    assertThat(ofDb).hasUsed(0);
  }

  @Test
  void rule_14_over_quota_the_channel_presses_back_and_the_sender_waits_for_it() {
    Lab lab = withProxies();
    Quota quota = lab.host().memory().reserve("db", bytes(LARGE));
    VirtualMachine db = lab.vm("db");
    for (int i = 1; i <= 6; i++) {
      lab.vm("web").send(large(i, db));
    }
    Channel channel = lab.host().proxies().channel("web", "db");

    assertThat(numbers(db.received())).isEqualTo(range(1, 1));
    assertThat(channel).isFull().isAwaitedBy("web/net0");
    assertThat(quota).isWaiting().forBytes(LARGE).hasUsed(LARGE);
    assertThat(lab.waiters())
        .extracting(Waiter::owner)
        .as("sender <- channel <- quota")
        .containsExactly("web>db", "web/net0");
    for (int i = 2; i <= 6; i++) {
      db.inbox().release(1);
      assertThat(numbers(db.received())).isEqualTo(range(1, i));
    }
    assertThat(lab).hasNoWaiters().lostNothing();
    assertThat(quota).hasNeverUsedMoreThan(LARGE);
  }

  @Test
  void rule_14_two_guests_that_flood_each_other_keep_draining_while_both_wait_to_send() {
    Lab lab = withProxies();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    lab.host().memory().reserve("web", bytes(LARGE));
    lab.host().memory().reserve("db", bytes(LARGE));
    web.onPacket(packet -> web.send(large(packet.destinationPort() + 100, db)));
    for (int i = 1; i <= 20; i++) {
      web.send(large(i, db));
      db.send(large(i, web));
    }
    assertThat(lab).as("both senders wait for channels that wait for memory").hasWaiters(4);

    for (int i = 0; i < 40; i++) {
      web.inbox().release(1);
      db.inbox().release(1);
    }

    assertThat(lab).hasNoWaiters().lostNothing();
    assertThat(numbers(web.received())).isEqualTo(range(1, 20));
    assertThat(numbers(db.received())).hasSize(40).containsAll(range(101, 120));
  }

  // ---- rule 17: transmit buffers and quotas ----

  private Lab withBuffers(int buffers) {
    return labs.open(
        host ->
            host.virtualFunctions(2).vms("web", "db").numa(NumaTopology.nodes(1).buffers(buffers)));
  }

  @Test
  void rule_17_a_sender_may_hold_a_buffer_while_the_receiver_waits_for_memory() {
    Lab lab = withBuffers(1);
    VirtualMachine web = lab.vm("web");
    Quota quota = lab.host().memory().reserve("db", bytes(LARGE));
    TransmitBuffers pool = lab.host().transmitBuffers();
    web.send(large(1, lab.vm("db")));
    web.send(large(2, lab.vm("db")));
    TransmitBuffer held = pool.request("web").granted();

    assertThat(quota).isWaiting().hasUsed(LARGE);
    assertThat(held).isAllocated();
    web.send(large(3, lab.vm("db")));
    assertThat(lab.waiters())
        .extracting(Waiter::resource)
        .as("one pool is exhausted, so is the other")
        .containsExactly("memory of db", "host h1");
    lab.vm("db").inbox().release(1);
    assertThat(numbers(lab.vm("db").received())).isEqualTo(range(1, 2));
    assertThat(held).as("memory that is freed frees no buffer").isAllocated();
    held.release();
    assertThat(pool).hasAllFree();
    assertThat(quota).as("a buffer that is freed frees no memory").isWaiting().hasUsed(LARGE);
    lab.vm("db").inbox().release(2);
    assertThat(numbers(lab.vm("db").received())).isEqualTo(range(1, 3));
  }

  @Test
  void rule_17_no_lock_is_held_while_somebody_waits_for_either()
      throws ExecutionException, InterruptedException, TimeoutException {
    Lab lab = withBuffers(1);
    lab.host().memory().reserve("web", bytes(LARGE));
    lab.wire().send(large(1, lab.vm("web")));
    lab.wire().send(large(2, lab.vm("web")));
    TransmitBuffer held = lab.host().transmitBuffers().request("web").granted();
    TransmitBufferRequest waiting = lab.host().transmitBuffers().request("web");
    assertThat(waiting).isWaiting();
    assertThat(lab).hasWaiters(2);

    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      other.submit(() -> useTheSameCard(lab)).get(30, TimeUnit.SECONDS);
    } finally {
      other.shutdownNow();
    }

    assertThat(numbers(lab.vm("db").received())).containsExactly(9);
    assertThat(lab).hasWaiters(3);
    held.release();
    waiting.granted().release();
    assertThat(numbers(lab.wire().received())).containsExactly(10);
  }

  /** Receives, and sends what waits for its buffer behind the others. */
  private static void useTheSameCard(Lab lab) {
    lab.wire().send(small(9, lab.vm("db")));
    lab.vm("db").send(small(10, lab.wire()));
  }

  @Test
  void rule_17_buffers_on_a_slow_cable_leave_the_receiving_of_the_same_guest_alone() {
    Lab lab = withBuffers(2);
    VirtualMachine web = lab.vm("web");
    Quota quota = lab.host().memory().reserve("web", bytes(2 * LARGE));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    for (int i = 1; i <= 5; i++) {
      web.send(large(i, lab.wire()));
    }
    assertThat(lab.host().transmitBuffers()).hasInDma(0, 2).hasWaiters("web");

    for (int i = 1; i <= 3; i++) {
      lab.wire().send(large(i, web));
    }

    assertThat(quota).isWaiting().hasUsed(2 * LARGE);
    lab.advance(Duration.ofSeconds(1));
    assertThat(numbers(lab.wire().received())).as("not held up by it").isEqualTo(range(1, 5));
    assertThat(quota).isWaiting();
    assertThat(lab.host().transmitBuffers()).hasAllFree();
  }
}
