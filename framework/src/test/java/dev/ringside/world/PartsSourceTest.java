// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.nic.NicParts;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.time.Seed;
import dev.ringside.vm.VmParts;
import dev.ringside.wire.WireParts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartsSourceTest {

  @Test
  void without_a_source_all_labs_have_the_same_plain_parts() {
    try (Lab one = Lab.open();
        Lab other = Lab.open()) {
      assertThat(one.world().partsSource()).isNull();
      assertThat(NicParts.of(one.world())).isSameAs(NicParts.of(other.world()));
      assertThat(NicParts.of(one.world()).getClass()).isSameAs(NicParts.class);
      assertThat(one.host().pnic("p0").getClass()).isSameAs(PhysicalNic.class);
    }
  }

  @Test
  void a_source_is_asked_for_the_parts_of_its_lab() {
    Asked asked = new Asked();
    try (Lab lab = Lab.builder().parts(asked).open()) {
      assertThat(lab.world().partsSource()).isSameAs(asked);
      assertThat(asked.types).contains(NicParts.class, VmParts.class, WireParts.class);
      assertThat(asked.worlds).hasSize(1).contains(lab.world());
    }
  }

  @Test
  void what_the_source_gives_is_what_makes_the_devices() {
    List<String> plain = new ArrayList<>();
    PartsSource source =
        new PartsSource() {
          @Override
          public <P> P parts(World world, Class<P> type, P given) {
            plain.add(type.getSimpleName());
            return given;
          }
        };
    World world = new World(Seed.DEFAULT, 10, false, source);

    assertThat(world.parts(String.class, "plain")).isEqualTo("plain");
    assertThat(plain).containsExactly("String");
  }

  private static final class Asked implements PartsSource {
    final Set<Class<?>> types = new LinkedHashSet<>();
    final Set<World> worlds = new LinkedHashSet<>();

    @Override
    public <P> P parts(World world, Class<P> type, P plain) {
      types.add(type);
      worlds.add(world);
      return plain;
    }
  }
}
