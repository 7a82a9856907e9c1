// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a policy may choose from: three nodes with 2, 3 and 3 free buffers, and some NICs. */
class BufferOffersTest {

  private static final NumaTopology THREE = NumaTopology.nodes(3).buffers(3).buffers(0, 2);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final BufferOffers offers = new BufferOffers();
  private final NumaNode[] nodes = new NumaNode[3];

  @BeforeEach
  void start() {
    Lab lab = labs.open(host -> host.vms("web").numa(THREE));
    for (int i = 0; i < 3; i++) {
      nodes[i] = new NumaNode(lab.world(), THREE, i);
    }
  }

  private BufferOffer offer(int node, int nic) {
    return new BufferOffer(nodes[node], "p" + nic, nic, 20);
  }

  @Test
  void there_are_as_many_as_nodes_and_nics_make() {
    assertThatThrownBy(() -> offers.get(0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("offer 0 of 0");
    for (int i = 0; i < 27; i++) {
      offers.add(offer(i % 3, i / 3));
    }

    assertThat(offers.size()).isEqualTo(27);
    assertThat(offers.get(26).nic()).isEqualTo("p8");
    assertThat(offers.get(25).node()).isEqualTo(1);
    assertThat(offers.get(25).free()).isEqualTo(3);
    assertThatThrownBy(() -> offers.get(27)).hasMessage("offer 27 of 27");
    assertThatThrownBy(() -> offers.get(-1)).hasMessage("offer -1 of 27");
  }

  @Test
  void nobody_asks_before_a_choice_is_made() {
    assertThatThrownBy(offers::application)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no choice is being made");
  }

  @Test
  void most_free_buffers_then_the_lowest_node_then_the_first_nic_decide_a_tie() {
    BufferOffer few = offer(0, 0);
    BufferOffer low = offer(1, 1);
    BufferOffer high = offer(2, 0);
    assertThat(low.beats(few)).isTrue();
    assertThat(few.beats(low)).isFalse();
    assertThat(low.beats(high)).isTrue();
    assertThat(high.beats(low)).isFalse();
    assertThat(offer(1, 0).beats(low)).isTrue();
    assertThat(low.beats(offer(1, 0))).isFalse();
    assertThat(low.beats(low)).isFalse();
    offers.add(few);
    offers.add(high);
    offers.add(low);
    offers.add(offer(1, 2));

    assertThat(offers.least(offer -> 7)).isSameAs(low);
    assertThat(offers.least(BufferOffer::free)).isSameAs(few);
    assertThat(offers.least(offer -> -offer.node())).isSameAs(high);
    assertThat(new CostPolicy("all the same", 0, 0).choose(offers)).isSameAs(low);
  }

  @Test
  void an_offer_of_a_longer_choice_before_is_none_of_this_one() {
    Lab lab = labs.open(host -> host.vms("web").numa(THREE));
    for (int i = 0; i < 9; i++) {
      offers.add(offer(i % 3, i / 3));
    }
    BufferOffer last = offers.get(8);
    assertThat(offers.contains(last)).isTrue();
    offers.begin(lab.host().transmitBuffers().application("web"));
    for (int i = 0; i < 8; i++) {
      offers.add(offer(i % 3, i / 3));
    }

    assertThat(offers.contains(last)).isFalse();
    assertThat(offers.contains(offers.get(7))).isTrue();
    assertThat(offers.application().name()).isEqualTo("web");
  }
}
