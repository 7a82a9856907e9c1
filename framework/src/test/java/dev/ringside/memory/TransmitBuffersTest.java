// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes with two buffers each; web on node 0, db on node 1. */
class TransmitBuffersTest {

  private static final NumaTopology TWO =
      NumaTopology.nodes(2).buffers(2).processors(4).nics(1, "p0").applications(1, "db");

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final Lab lab =
      labs.open(host -> host.pnics(2).aggregation(Aggregation.NONE).vms("web", "db").numa(TWO));
  private final TransmitBuffers pool = lab.host().transmitBuffers();
  private final Application web = pool.application("web");
  private final Application db = pool.application("db");

  private List<TransmitBuffer> takeAll(Application application) {
    List<TransmitBuffer> taken = new ArrayList<>();
    for (TransmitBuffer b = pool.tryAllocate(application); b != null; ) {
      taken.add(b);
      b = pool.tryAllocate(application);
    }
    return taken;
  }

  @Test
  void a_buffer_goes_from_free_to_allocated_to_dma_and_back() {
    TransmitBuffer buffer = pool.request("web").granted();
    assertThat(buffer).hasToString("node0/tx0 of web of host h1 (ALLOCATED)");
    assertThat(pool.node(0).allocated()).isEqualTo(1);

    buffer.beginDma();
    assertThat(buffer.state()).isEqualTo(TransmitBufferState.IN_DMA);
    assertThat(pool.node(0).inDma()).isEqualTo(1);
    assertThat(pool.node(0).allocated()).isZero();

    buffer.completeDma();
    assertThat(buffer.state()).isEqualTo(TransmitBufferState.FREE);
    assertThat(pool.node(0)).hasToString("node 0 has 2 of 2 transmit buffers free");
    assertThat(pool)
        .hasToString(
            "transmit buffers of h1: node 0 has 2 of 2 transmit buffers free, node 1 has 2 of 2"
                + " transmit buffers free, policy near app");
  }

  @Test
  void what_is_free_already_cannot_be_released_and_nothing_changes() {
    TransmitBuffer buffer = pool.request("web").granted();
    buffer.release();
    TransmitBuffer next = pool.request("db").granted();

    assertThatThrownBy(buffer::release)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "transmit buffer node0/tx0 of web of host h1 cannot be released: it is FREE already;"
                + " request another one");
    assertThatThrownBy(buffer::beginDma)
        .hasMessageContaining("cannot be read by a NIC: it is FREE already");
    assertThatThrownBy(buffer::completeDma)
        .hasMessageContaining("cannot be completed: it is FREE already");
    assertThat(next.state()).isEqualTo(TransmitBufferState.ALLOCATED);
    assertThat(pool.free()).isEqualTo(3);
  }

  @Test
  void what_a_nic_reads_from_cannot_be_released() {
    TransmitBuffer buffer = pool.request("web").granted();
    buffer.beginDma();

    assertThatThrownBy(buffer::release)
        .hasMessage(
            "transmit buffer node0/tx0 of web of host h1 cannot be released: it is IN_DMA, until"
                + " completeDma()");
    assertThatThrownBy(buffer::beginDma)
        .hasMessageContaining("cannot be read by a NIC: it is IN_DMA, until completeDma()");
  }

  @Test
  void a_buffer_of_another_application_cannot_be_released() {
    TransmitBuffer buffer = pool.request("web").granted();

    assertThatThrownBy(() -> db.release(buffer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "transmit buffer node0/tx0 belongs to web of host h1, so db of host h1 cannot release"
                + " it");
    assertThat(buffer.state()).isEqualTo(TransmitBufferState.ALLOCATED);
    web.release(buffer);
    assertThat(pool.free()).isEqualTo(4);
  }

  @Test
  void requests_wait_first_come_first_served_while_none_is_free() {
    List<TransmitBuffer> taken = takeAll(web);
    TransmitBufferRequest first = pool.request(db);
    TransmitBufferRequest second = pool.request(web);
    assertThat(pool.waiters()).hasSize(2);
    assertThat(lab.world().waits().waiters()).isEqualTo(pool.waiters());
    assertThat(first)
        .hasToString(
            "db waits for 1 transmit buffer of host h1 since PT0S, until one is freed or added");
    assertThatThrownBy(first::granted)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("db of host h1 has no transmit buffer: " + first);

    taken.get(0).release();
    assertThat(first.granted().name()).isEqualTo("node0/tx0");
    assertThat(second.isWaiting()).isTrue();
    taken.get(3).release();
    assertThat(second.granted().name()).isEqualTo("node1/tx1");
    assertThat(pool.waiters()).isEmpty();
  }

  @Test
  void trying_takes_nothing_while_others_wait() {
    takeAll(web);
    TransmitBufferRequest waits = pool.policy(offers -> null).request(db);
    web.buffers().get(0).release();
    pool.policy(TransmitBufferPolicies.nearApp());

    assertThat(pool.tryAllocate(web)).isNull();
    waits.cancel();
    assertThat(pool.tryAllocate(web)).isNotNull();
  }

  @Test
  void the_choice_is_made_for_where_the_application_is_when_it_is_its_turn() {
    takeAll(web);
    pool.policy(TransmitBufferPolicies.strictLocal());
    TransmitBufferRequest request = pool.request(db);
    db.moveTo(0);
    web.buffers().get(3).release(); // on node 1

    assertThat(request.isWaiting()).isTrue();
    db.moveToProcessor(4);
    assertThat(request.granted().node()).isEqualTo(1);
  }

  @Test
  void another_policy_is_for_later_requests_only() {
    takeAll(web);
    pool.policy(TransmitBufferPolicies.nearNic());
    TransmitBufferRequest early = pool.request(web);
    pool.policy(offers -> null);
    web.buffers().get(1).release();

    assertThat(early.granted().node()).isZero();
    assertThat(pool.policy()).isNotEqualTo(TransmitBufferPolicies.nearNic());
  }

  @Test
  void an_application_that_moves_keeps_what_it_has_where_it_is() {
    TransmitBuffer before = pool.request(web).granted();
    web.moveTo(1);

    assertThat(before.node()).isZero();
    assertThat(web.node()).isEqualTo(1);
    assertThat(pool.request(web).granted().node()).isEqualTo(1);
    assertThatThrownBy(() -> web.moveTo(2)).hasMessage("no NUMA node 2; there are 0 to 1");
  }

  @Test
  void without_an_available_nic_a_request_is_refused_and_takes_nothing() {
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    TransmitBufferRequest request = pool.request(web);

    assertThat(request.isGranted()).isFalse();
    assertThat(request.isWaiting()).isFalse();
    assertThat(request.refusal()).isEqualTo("NO_NIC: no PNIC of host h1 is available");
    assertThatThrownBy(request::granted)
        .hasMessage(
            "web of host h1 has no transmit buffer: NO_NIC: no PNIC of host h1 is available");
    assertThat(pool.tryAllocate(web)).isNull();
    assertThat(pool.free()).isEqualTo(4);
    assertThat(request.cancel()).isFalse();
  }

  @Test
  void a_request_for_a_nic_that_fails_meanwhile_is_refused_when_it_is_its_turn() {
    takeAll(db);
    TransmitBufferRequest forP1 = pool.request(web, "p1");
    TransmitBufferRequest any = pool.request(web);
    lab.host().pnic("p1").fail();
    db.buffers().get(0).release();

    assertThat(forP1.refusal()).isEqualTo("NO_NIC: PNIC p1 of host h1 is not available");
    assertThat(any.isGranted()).isTrue();
    assertThat(forP1.completion().toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void a_buffer_for_a_nic_that_fails_goes_to_the_nearest_other_one() {
    TransmitBuffer buffer = pool.request(web, "p0").granted();
    assertThat(buffer.nic()).isEqualTo("p0");

    lab.host().pnic("p0").fail();
    assertThat(buffer.nic()).isEqualTo("p1");
    assertThat(buffer.state()).isEqualTo(TransmitBufferState.ALLOCATED);
    lab.host().pnic("p1").fail();
    assertThat(buffer.nic()).isNull();
    lab.host().pnic("p0").repair();
    assertThat(buffer.nic()).isEqualTo("p0");
  }

  @Test
  void the_buffers_of_an_application_that_ends_go_back() {
    TransmitBuffer allocated = pool.request(web).granted();
    TransmitBuffer read = pool.request(web).granted();
    read.beginDma();
    takeAll(db);
    TransmitBufferRequest ofWeb = pool.request(web);
    TransmitBufferRequest ofDb = pool.request(db);

    web.end();
    web.end();

    assertThat(allocated.state()).isEqualTo(TransmitBufferState.FREE);
    assertThat(read.state()).isEqualTo(TransmitBufferState.IN_DMA);
    assertThat(ofWeb.refusal()).isEqualTo("web of host h1 has ended");
    assertThat(ofDb.granted().name()).isEqualTo("node0/tx0");
    assertThat(web.isAlive()).isFalse();
    assertThatThrownBy(() -> pool.request(web))
        .hasMessage(
            "application web of host h1 has ended; start another one with start(name, node)");
    read.completeDma();
    assertThat(pool.free()).isEqualTo(1);
    assertThatThrownBy(allocated::release).hasMessageContaining("it is FREE already");
  }

  @Test
  void the_application_of_a_virtual_machine_ends_with_it() {
    TransmitBuffer buffer = pool.request("web").granted();
    lab.host().removeVm("web");

    assertThat(buffer.state()).isEqualTo(TransmitBufferState.FREE);
    assertThatThrownBy(() -> pool.application("web"))
        .hasMessage("no application named 'web' on host h1; it has [h1, db]");
  }

  @Test
  void buffers_that_are_plugged_in_are_given_to_those_who_wait() {
    takeAll(web);
    TransmitBufferRequest request = pool.request(db);
    pool.addBuffers(1, 2);

    assertThat(request.granted().name()).isEqualTo("node1/tx2");
    assertThat(pool.node(1)).hasToString("node 1 has 1 of 4 transmit buffers free");
    assertThatThrownBy(() -> pool.addBuffers(1, -1))
        .hasMessage("number of transmit buffers to add to node 1: -1 is not in 0 to 16777212");
    assertThatThrownBy(() -> pool.addBuffers(2, 1)).hasMessage("no NUMA node 2; there are 0 to 1");
  }

  @Test
  void whoever_waits_can_have_a_stage() {
    List<TransmitBuffer> taken = takeAll(web);
    CompletableFuture<TransmitBuffer> later = pool.request(db).completion().toCompletableFuture();
    assertThat(later).isNotDone();

    taken.get(2).release();

    assertThat(later).isCompletedWithValueMatching(buffer -> buffer.node() == 1);
    taken.get(0).release();
    assertThat(pool.request(db).completion().toCompletableFuture()).isDone();
  }

  @Test
  void a_request_that_is_taken_back_gets_nothing() {
    List<TransmitBuffer> taken = takeAll(web);
    TransmitBufferRequest request = pool.request(db);
    assertThat(request.cancel()).isTrue();
    assertThat(request.cancel()).isFalse();
    assertThat(request.refusal()).isEqualTo("cancelled by its owner");

    taken.get(0).release();
    assertThat(request.isGranted()).isFalse();
    assertThat(pool.free()).isEqualTo(1);
  }

  @Test
  void an_application_of_the_tests_own_runs_where_it_is_started() {
    Application logger = pool.start("logger", 1);

    assertThat(pool.request("logger").granted().node()).isEqualTo(1);
    assertThat(logger).hasToString("logger of host h1");
    assertThatThrownBy(() -> pool.start("logger", 0))
        .hasMessage("host h1 already has an application named 'logger'");
    assertThatThrownBy(() -> pool.start("other", 2)).hasMessage("no NUMA node 2; there are 0 to 1");
  }

  @Test
  void an_application_of_another_host_is_refused() {
    Lab other = labs.open(host -> host.vms("web", "db").numa(TWO));
    Application foreign = other.host().transmitBuffers().application("web");

    assertThatThrownBy(() -> pool.request(foreign))
        .hasMessage("application web of host h1 is of another lab or host than h1");
  }

  @Test
  void a_nic_that_is_added_is_on_node_0_until_the_topology_says_otherwise() {
    assertThat(pool.nodeOfNic("p0")).isEqualTo(1);
    assertThat(pool.nodeOfNic(lab.host().addPnic().name())).isZero();
  }
}
