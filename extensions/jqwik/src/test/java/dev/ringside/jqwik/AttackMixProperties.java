// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.packet.Packet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

@LabPerTry
@Domain(RingsideDomain.class)
@Domain(DomainContext.Global.class)
class AttackMixProperties {

  @Property(tries = 200)
  void a_signature_matches_all_packets_of_its_attack_and_no_good_ones(
      @ForAll Attack attack, @ForAll AttackMix mix, @ForAll Lab lab) {
    for (AttackMix.Part part : mix.parts()) {
      Packet packet = part.to(lab.vm("vm1")).toPacket();
      boolean matches = attack.signature(lab.vm("vm1")).matches(packet);
      if (part.isGood() || part.attack() == attack) {
        assertThat(matches).isEqualTo(!part.isGood());
      }
    }
  }

  @Property(tries = 200)
  void what_is_good_arrives_whatever_is_contained(@ForAll AttackMix mix, @ForAll Lab lab) {
    for (Attack attack : mix.attacks()) {
      lab.host().steering().contain(attack.signature(lab.vm("vm1")));
    }
    mix.goodOnly().send(lab, lab.vm("vm1"));

    assertThat(lab.vm("vm1").received()).hasSize(mix.good());
    assertThat(lab.elapsed().toNanos())
        .isLessThanOrEqualTo(mix.parts().stream().mapToLong(AttackMix.Part::pauseNanos).sum());
  }

  @Property(tries = 300)
  void most_packets_belong_to_attacks(@ForAll AttackMix mix) {
    mix.parts().forEach(part -> Statistics.collect(part.isGood()));
    Statistics.coverage(coverage -> coverage.check(true).percentage(p -> p > 25 && p < 42));
  }
}
