// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.time.Ratio;
import dev.ringside.trace.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes of one buffer, as far from each other; p0 on node 0, p1 on node 1, p2 on node 2. */
class TransmitBufferQueueTest {

  private static final NumaTopology THREE =
      NumaTopology.nodes(3).buffers(1).nics(1, "p1").nics(2, "p2").applications(2, "db");

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final Lab lab = open(THREE);
  private final TransmitBuffers pool = lab.host().transmitBuffers();
  private final Application web = pool.application("web");

  private Lab open(NumaTopology topology) {
    return open(3, topology);
  }

  private Lab open(int pnics, NumaTopology topology) {
    return labs.open(
        host -> host.pnics(pnics).aggregation(Aggregation.NONE).vms("web", "db").numa(topology));
  }

  private static TransmitBuffer first(Lab lab, TransmitBufferPolicy policy) {
    return lab.host().transmitBuffers().policy(policy).request("web").granted();
  }

  // ---- packets ----

  /** A packet that takes a buffer when it is its turn. */
  private final class Waiting implements WaitQueue.Request {
    private final List<String> told = new ArrayList<>();
    private long token = TransmitBuffers.NONE;

    @Override
    public boolean tryGrant() {
      token = pool.takeInTurn(web, 0, TransmitBufferPolicies.nearApp());
      return token != TransmitBuffers.NONE;
    }

    @Override
    public void granted(Waiter waiter) {
      told.add("granted to " + waiter.owner());
    }

    @Override
    public void cancelled(Waiter waiter, DropReason reason, String why) {
      told.add(reason + ": " + why);
    }
  }

  @Test
  void packets_take_buffers_until_there_is_none_and_wait_in_turn() {
    List<Long> tokens = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tokens.add(lab.world().call(() -> pool.take(web, 0)));
    }
    assertThat(tokens).doesNotContain(TransmitBuffers.NONE).doesNotHaveDuplicates();
    assertThat(lab.world().call(() -> pool.take(web, 0))).isEqualTo(TransmitBuffers.NONE);
    Waiting first = new Waiting();
    Waiting second = new Waiting();
    Waiter waiter = lab.world().call(() -> pool.await(web, first));
    Waiter next = lab.world().call(() -> pool.await(web, second));
    assertThat(pool.waiters()).containsExactly(waiter, next);

    lab.world().run(() -> pool.give(tokens.get(1)));
    assertThat(first.told).containsExactly("granted to web");
    assertThat(first.token).isEqualTo(tokens.get(1));
    lab.world().run(() -> pool.withdraw(next));
    assertThat(second.told).isEmpty();
    assertThat(pool.waiters()).isEmpty();
    lab.world().run(() -> pool.give(tokens.get(2)));
    assertThat(pool.free()).isEqualTo(1);
  }

  @Test
  void a_packet_takes_no_buffer_while_somebody_waits() {
    lab.world().call(() -> pool.await(web, new Waiting()));

    assertThat(pool.free()).isEqualTo(3);
    assertThat(lab.world().call(() -> pool.take(web, 0))).isEqualTo(TransmitBuffers.NONE);
  }

  @Test
  void senders_are_applications_which_begin_where_the_topology_says() {
    TransmitBuffers other = new TransmitBuffers(lab.world(), "h9", THREE);

    assertThat(pool.sender("web")).isSameAs(web);
    assertThat(other.sender("db").node()).isEqualTo(2);
    assertThat(other.sender("db")).isSameAs(other.application("db"));
    assertThat(other.sender("h9")).hasToString("h9");
    assertThat(pool.application("h1")).hasToString("h1");
    assertThat(other.addNic(nic("p0"))).isZero();
    assertThat(other.addNic(nic("p1"))).isEqualTo(1);
    assertThat(other.nodeOfNic("p1")).isEqualTo(1);
  }

  private static TransmitNic nic(String name) {
    return new TransmitNic() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean isAvailable() {
        return true;
      }
    };
  }

  // ---- NICs ----

  @Test
  void of_the_nics_that_are_available_the_nearest_reads_and_of_equally_near_ones_the_first() {
    Lab row = open(4, THREE.distance(0, 1, 40).distance(0, 2, 30).nics(2, "p3"));
    TransmitBuffers there = row.host().transmitBuffers();
    TransmitBuffer buffer = there.request(there.application("web"), "p0").granted();
    assertThat(buffer.nic()).isEqualTo("p0");
    row.host().pnic("p0").fail();
    assertThat(buffer.nic()).isEqualTo("p2");
    row.host().pnic("p2").fail();
    assertThat(buffer.nic()).isEqualTo("p3");
    row.host().pnic("p3").fail();
    assertThat(buffer.nic()).isEqualTo("p1");
  }

  @Test
  void a_tie_of_nics_goes_to_the_first() {
    assertThat(first(lab, TransmitBufferPolicies.spread()).nic()).isEqualTo("p0");
    assertThat(first(lab, offers -> offers.least(offer -> 0)).nic()).isEqualTo("p0");
  }

  // ---- policies ----

  @Test
  void of_buffers_as_near_to_the_application_the_one_nearest_to_the_nic_is_taken() {
    NumaTopology topology = THREE.buffers(0, 0).nics(2, "p0", "p1", "p2");

    assertThat(first(open(topology), TransmitBufferPolicies.nearApp()).node()).isEqualTo(2);
    assertThat(first(open(topology), TransmitBufferPolicies.strictLocal()).node()).isEqualTo(2);
    assertThat(first(open(topology), TransmitBufferPolicies.balanced(Ratio.of(1, 1))).node())
        .isEqualTo(2);
  }

  @Test
  void of_buffers_as_near_to_the_nic_the_one_nearest_to_the_application_is_taken() {
    NumaTopology topology = THREE.buffers(0, 0).nics(0, "p0", "p1", "p2").applications(2, "web");

    assertThat(first(open(topology), TransmitBufferPolicies.nearNic()).node()).isEqualTo(2);
    assertThat(first(open(topology), TransmitBufferPolicies.balanced(Ratio.of(0, 1))).node())
        .isEqualTo(2);
  }

  @Test
  void a_policy_may_keep_to_the_nearest_node() {
    CostPolicy local = new CostPolicy("mine", 1, 0).thenBy(0, 1).localOnly();
    TransmitBuffers own = pool.policy(local);

    assertThat(own).isSameAs(pool);
    assertThat(own.policy()).isSameAs(local).hasToString("mine");
    assertThat(pool.request("web").granted().node()).isZero();
    assertThat(pool.request("web").isWaiting()).isTrue();
  }

  @Test
  void the_finest_weight_is_allowed() {
    assertThat(TransmitBufferPolicies.balanced(Ratio.of(1, 1_000_000_000_000L)))
        .hasToString("balanced 1/1000000000000");
  }

  // ---- requests ----

  @Test
  void a_request_says_what_has_become_of_it() {
    TransmitBufferRequest granted = pool.request("web");
    for (int i = 0; i < 3; i++) {
      lab.host().pnic("p" + i).fail();
    }
    TransmitBufferRequest refused = pool.request("db");

    assertThat(granted.application()).isSameAs(web);
    assertThat(granted).hasToString("web of host h1 has node0/tx0 of web of host h1 (ALLOCATED)");
    assertThat(granted.waiter()).isNull();
    assertThat(refused)
        .hasToString("db of host h1 has none: NO_NIC: no PNIC of host h1 is available");
    assertThat(refused.isWaiting()).isFalse();
  }

  @Test
  void a_stage_ends_when_the_request_is_taken_back() {
    for (int i = 0; i < 3; i++) {
      assertThat(pool.request("web").isGranted()).isTrue();
    }
    TransmitBufferRequest request = pool.request("db");
    CompletableFuture<TransmitBuffer> stage = request.completion().toCompletableFuture();
    assertThat(stage).isNotDone();

    assertThat(request.cancel()).isTrue();

    assertThat(stage).isCompletedExceptionally();
  }

  @Test
  void while_others_wait_a_request_without_a_nic_is_refused_and_one_with_a_nic_waits() {
    for (int i = 0; i < 3; i++) {
      assertThat(pool.request("web").isGranted()).isTrue();
    }
    TransmitBufferRequest waits = pool.request("db");
    lab.host().pnic("p1").fail();

    assertThat(pool.request(web, "p1").refusal())
        .isEqualTo("NO_NIC: PNIC p1 of host h1 is not available");
    assertThat(pool.request(web, "p2").isWaiting()).isTrue();
    assertThat(waits.isWaiting()).isTrue();
    assertThat(pool.waiters()).hasSize(2);
  }

  @Test
  void what_an_application_that_ends_leaves_is_nobodys() {
    TransmitBuffer buffer = pool.request("web").granted();
    web.end();
    Application again = pool.start("web", 1);
    web.end();

    assertThat(buffer.state()).isEqualTo(TransmitBufferState.FREE);
    assertThat(pool.node(0).allocated()).isZero();
    assertThat(pool.node(0).inDma()).isZero();
    assertThat(pool.application("web")).isSameAs(again);
    assertThatThrownBy(() -> pool.tryAllocate(web))
        .hasMessageContaining("web of host h1 has ended");
  }
}
