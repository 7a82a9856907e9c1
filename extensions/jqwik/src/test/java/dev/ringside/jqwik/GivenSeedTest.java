// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class GivenSeedTest {

  private static final String NAME = "ringside.seed";

  static class WithoutSeed {
    static final List<Integer> EXAMPLES = new ArrayList<>();

    @Property(tries = 10)
    void meets(@ForAll int number) {
      EXAMPLES.add(number);
    }
  }

  static class WithSeed {
    static final List<Integer> EXAMPLES = new ArrayList<>();

    @Property(tries = 10, seed = "42")
    void meets(@ForAll int number) {
      EXAMPLES.add(number);
    }
  }

  private static List<Integer> examples(String given, Class<?> planted, List<Integer> met) {
    String before = System.getProperty(NAME, "");
    System.setProperty(NAME, given);
    try {
      String unused = Engine.report(planted);
    } finally {
      System.setProperty(NAME, before);
    }
    List<Integer> examples = List.copyOf(met);
    met.clear();
    return examples;
  }

  private static List<Integer> withoutSeed(String given) {
    return examples(given, WithoutSeed.class, WithoutSeed.EXAMPLES);
  }

  private static List<Integer> withSeed(String given) {
    return examples(given, WithSeed.class, WithSeed.EXAMPLES);
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void the_given_seed_gives_the_same_examples_again() {
    List<Integer> examples = withoutSeed("0x5eed");

    assertThat(examples).hasSize(10);
    assertThat(withoutSeed("24301")).isEqualTo(examples);
    assertThat(withoutSeed("24302")).isNotEqualTo(examples);
    assertThat(withoutSeed(" ")).isNotEqualTo(examples);
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void a_property_with_a_seed_of_its_own_keeps_it() {
    assertThat(withSeed("1")).hasSize(10).isEqualTo(withSeed("2"));
  }

  @Test
  void what_is_no_number_is_refused() {
    assertThat(GivenSeed.inDecimal("24301")).isEqualTo("24301");
    assertThatThrownBy(() -> GivenSeed.inDecimal("seven"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'seven' is not a seed; write a number as 24301 or 0x5eed");
  }
}
