// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.time.Ratio;
import dev.ringside.trace.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes in a row: the application on node 0, the NIC on node 2. */
class TransmitBufferPolicyTest {

  private static final NumaTopology ROW =
      NumaTopology.nodes(3)
          .buffers(4)
          .distances(new int[][] {{10, 20, 50}, {25, 10, 20}, {60, 25, 10}})
          .nics(2, "p0");

  @RegisterExtension final TestLabs labs = new TestLabs();

  private TransmitBuffers pool(NumaTopology topology, int pnics) {
    Lab lab =
        labs.open(
            host -> host.pnics(pnics).aggregation(Aggregation.NONE).vms("web").numa(topology));
    return lab.host().transmitBuffers();
  }

  private static int node(TransmitBuffers pool, TransmitBufferPolicy policy) {
    return pool.policy(policy).request("web").granted().node();
  }

  @Test
  void each_policy_takes_another_node() {
    TransmitBuffers pool = pool(ROW, 1);

    assertThat(node(pool, TransmitBufferPolicies.nearApp())).isZero();
    assertThat(node(pool, TransmitBufferPolicies.nearNic())).isEqualTo(2);
    assertThat(node(pool, TransmitBufferPolicies.joint())).isEqualTo(1); // 20 + 20
    assertThat(node(pool, TransmitBufferPolicies.balanced(Ratio.of(1, 2)))).isEqualTo(1);
    assertThat(node(pool, TransmitBufferPolicies.balanced(Ratio.of(1, 1)))).isZero();
    assertThat(node(pool, TransmitBufferPolicies.balanced(Ratio.of(0, 1)))).isEqualTo(2);
    assertThat(node(pool, TransmitBufferPolicies.strictLocal())).isZero();
  }

  @Test
  void spread_takes_the_node_with_most_free_and_then_the_lowest() {
    TransmitBuffers pool = pool(ROW, 1);

    assertThat(node(pool, TransmitBufferPolicies.spread())).isZero();
    assertThat(node(pool, TransmitBufferPolicies.spread())).isEqualTo(1);
    assertThat(node(pool, TransmitBufferPolicies.spread())).isEqualTo(2);
    assertThat(node(pool, TransmitBufferPolicies.spread())).isZero();
  }

  @Test
  void near_app_goes_on_to_the_next_nearest_until_none_is_free() {
    TransmitBuffers pool = pool(ROW, 1).policy(TransmitBufferPolicies.nearApp());
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      names.append(pool.request("web").granted().name()).append(' ');
    }

    assertThat(names)
        .hasToString(
            "node0/tx0 node0/tx1 node0/tx2 node0/tx3 node1/tx0 node1/tx1 node1/tx2 node1/tx3"
                + " node2/tx0 node2/tx1 node2/tx2 node2/tx3 ");
    assertThat(pool.request("web").isWaiting()).isTrue();
  }

  @Test
  void strict_local_waits_rather_than_go_farther() {
    TransmitBuffers pool = pool(ROW, 1).policy(TransmitBufferPolicies.strictLocal());
    TransmitBuffer first = pool.request("web").granted();
    for (int i = 0; i < 3; i++) {
      assertThat(pool.request("web").granted().node()).isZero();
    }
    TransmitBufferRequest request = pool.request("web");
    assertThat(request.isWaiting()).isTrue();

    first.release();

    assertThat(request.granted().name()).isEqualTo("node0/tx0");
  }

  @Test
  void strict_local_takes_the_nearest_node_that_has_buffers_at_all() {
    TransmitBuffers pool = pool(ROW.buffers(0, 0), 1);

    assertThat(node(pool, TransmitBufferPolicies.strictLocal())).isEqualTo(1);
  }

  @Test
  void the_lowest_free_buffer_of_the_node_is_taken() {
    TransmitBuffers pool = pool(ROW, 1);
    TransmitBuffer zero = pool.request("web").granted();
    TransmitBuffer one = pool.request("web").granted();
    TransmitBuffer two = pool.request("web").granted();
    one.release();
    zero.release();

    assertThat(two.name()).isEqualTo("node0/tx2");
    assertThat(pool.request("web").granted().name()).isEqualTo("node0/tx0");
    assertThat(pool.request("web").granted().name()).isEqualTo("node0/tx1");
  }

  @Test
  void near_nic_takes_the_nearest_pair_and_tells_which_nic_it_is_for() {
    TransmitBuffers pool = pool(ROW.nics(1, "p1").buffers(2, 0), 2);
    TransmitBuffer buffer = pool.policy(TransmitBufferPolicies.nearNic()).request("web").granted();

    assertThat(buffer.node()).isEqualTo(1);
    assertThat(buffer.nic()).isEqualTo("p1");
  }

  @Test
  void a_request_for_a_certain_nic_counts_the_distance_to_that_one() {
    TransmitBuffers pool = pool(ROW.nics(1, "p1"), 2).policy(TransmitBufferPolicies.nearNic());
    Application web = pool.application("web");

    assertThat(pool.request(web, "p0").granted().node()).isEqualTo(2);
    assertThat(pool.request(web, "p1").granted().node()).isEqualTo(1);
    assertThatThrownBy(() -> pool.request(web, "p7"))
        .hasMessage("no PNIC named 'p7' on host h1; it has [p0, p1]");
  }

  @Test
  void on_a_host_with_one_node_all_policies_are_the_same() {
    TransmitBuffers pool = pool(NumaTopology.nodes(1), 1);
    int next = 0;
    for (TransmitBufferPolicy policy :
        new TransmitBufferPolicy[] {
          TransmitBufferPolicies.nearApp(),
          TransmitBufferPolicies.nearNic(),
          TransmitBufferPolicies.joint(),
          TransmitBufferPolicies.spread(),
          TransmitBufferPolicies.strictLocal(),
          TransmitBufferPolicies.balanced(Ratio.of(1, 3))
        }) {
      TransmitBuffer buffer = pool.policy(policy).request("web").granted();
      assertThat(buffer.name()).isEqualTo("node0/tx" + next++);
    }
  }

  // ---- the user's own ----

  @Test
  void a_policy_of_the_users_own_sees_all_places() {
    TransmitBuffers pool = pool(ROW, 1);
    StringBuilder seen = new StringBuilder();
    TransmitBufferPolicy farthest =
        offers -> {
          seen.append(offers.application().name()).append(' ').append(offers);
          return offers.least(offer -> -offer.fromApplication());
        };

    assertThat(node(pool, farthest)).isEqualTo(2);
    assertThat(seen)
        .hasToString(
            "web [node 0 for p0 (10 + 50), node 1 for p0 (20 + 20), node 2 for p0 (50 + 10)]");
  }

  @Test
  void a_policy_that_wants_none_lets_the_request_wait() {
    TransmitBuffers pool = pool(ROW, 1).policy(offers -> null);
    TransmitBufferRequest request = pool.request("web");

    assertThat(request.isWaiting()).isTrue();
    assertThat(request.cancel()).isTrue();
  }

  @Test
  void what_a_policy_throws_is_told_and_another_one_chooses() {
    TransmitBuffers pool =
        pool(ROW, 1)
            .policy(
                offers -> {
                  throw new IllegalStateException("out of ideas");
                });
    assertThatThrownBy(() -> pool.request("web")).hasMessage("out of ideas");

    assertThat(pool.application("web").buffers()).hasSize(1);
    assertThat(pool.application("web").buffers().get(0).node()).isZero();
  }

  @Test
  void an_offer_of_another_choice_is_refused() {
    Lab lab = labs.open(host -> host.pnics(1).vms("web").numa(ROW.buffers(1)));
    Host host = lab.host();
    TransmitBuffers pool = host.transmitBuffers();
    BufferOffer[] kept = new BufferOffer[1];
    TransmitBufferPolicy first =
        new TransmitBufferPolicy() {
          @Override
          public BufferOffer choose(BufferOffers offers) {
            kept[0] = kept[0] == null ? offers.get(0) : kept[0];
            return kept[0];
          }

          @Override
          public String toString() {
            return "always the first";
          }
        };
    pool.policy(first).request("web").granted();

    assertThatThrownBy(() -> pool.request("web"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "transmit buffer policy (always the first) chose node 0 for p0 (10 + 50), which is not"
                + " among the offers [node 1 for p0 (20 + 20), node 2 for p0 (50 + 10)]; the"
                + " nearest to the application is used instead");
    assertThat(pool.node(1).free()).isZero();
    assertThat(lab.journal().events(EventKind.OPERATION_FAILED)).hasSize(1);
  }

  @Test
  void a_policy_cannot_ask_for_a_buffer_itself() {
    TransmitBuffers pool = pool(ROW, 1);
    pool.policy(
        offers -> {
          TransmitBuffer another = pool.tryAllocate(offers.application());
          return another == null ? null : offers.get(0);
        });

    assertThatThrownBy(() -> pool.request("web"))
        .hasMessageStartingWith("transmit buffer policy (")
        .hasMessageEndingWith(") asks for a buffer while it chooses one; request it elsewhere");
    assertThat(pool.free()).isEqualTo(11);
  }

  @Test
  void a_weight_must_not_be_finer_than_can_be_told() {
    assertThatThrownBy(() -> TransmitBufferPolicies.balanced(Ratio.of(1, 2_000_000_000_000L)))
        .hasMessage(
            "weight 1/2000000000000 has a denominator above 1000000000000; use a coarser one");
    assertThat(TransmitBufferPolicies.balanced(Ratio.of(1, 3))).hasToString("balanced 1/3");
  }
}
