// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SeedTest {

  private static List<Long> draw(SeededRandom random) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      numbers.add(random.nextLong());
    }
    return numbers;
  }

  @Test
  void one_seed_and_purpose_give_the_same_numbers() {
    assertThat(draw(Seed.of(7).stream("loss"))).isEqualTo(draw(Seed.of(7).stream("loss")));
  }

  @Test
  void another_seed_or_purpose_gives_others() {
    List<Long> numbers = draw(Seed.of(7).stream("loss"));

    assertThat(draw(Seed.of(8).stream("loss"))).doesNotContainAnyElementsOf(numbers);
    assertThat(draw(Seed.of(7).stream("delay"))).doesNotContainAnyElementsOf(numbers);
    assertThat(draw(Seed.of(7).stream(""))).doesNotContainAnyElementsOf(numbers);
  }

  /** The reference output of SplitMix64 for the state 1234567 (Vigna's splitmix64.c). */
  @Test
  void the_generator_is_split_mix_64() {
    SeededRandom random = new SeededRandom(1_234_567);

    assertThat(random.nextLong()).isEqualTo(6_457_827_717_110_365_317L);
    assertThat(random.nextLong()).isEqualTo(3_203_168_211_198_807_973L);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void is_read_as_it_is_written() {
    assertThat(Seed.DEFAULT).hasToString("0x5eed");
    assertThat(Seed.parse("0x5eed")).isEqualTo(Seed.DEFAULT);
    assertThat(Seed.parse("24301")).isEqualTo(Seed.DEFAULT);
    assertThat(Seed.of(-1)).hasToString("0xffffffffffffffff");
    assertThat(Seed.parse("0xffffffffffffffff")).isEqualTo(Seed.of(-1));
    assertThat(Seed.parse("-1")).isEqualTo(Seed.of(-1));
  }

  @Test
  void what_is_no_number_is_refused() {
    assertThatThrownBy(() -> Seed.parse("0xgarden"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'0xgarden' is not a seed; write a number as 24301 or 0x5eed");
    assertThatThrownBy(() -> Seed.parse("")).hasMessageStartingWith("'' is not a seed");
  }

  @Property
  void every_seed_reads_back(@ForAll long value) {
    assertThat(Seed.parse(Seed.of(value).toString())).isEqualTo(Seed.of(value));
  }

  @Property
  void numbers_stay_below_their_bound(@ForAll long seed, @ForAll @LongRange(min = 1) long bound) {
    SeededRandom random = Seed.of(seed).stream("bound");
    for (int i = 0; i < 20; i++) {
      assertThat(random.nextLong(bound)).isBetween(0L, bound - 1);
    }
  }

  @Test
  void all_values_below_a_bound_are_about_as_likely() {
    SeededRandom random = Seed.DEFAULT.stream("dice");
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[random.nextInt(6)]++;
    }

    for (int count : counts) {
      assertThat(count).isBetween(9_700, 10_300);
    }
  }

  @Test
  void a_bound_must_be_positive() {
    SeededRandom random = Seed.DEFAULT.stream("bound");

    assertThatThrownBy(() -> random.nextInt(0)).hasMessage("bound 0 must be positive");
    assertThatThrownBy(() -> random.nextLong(-3)).hasMessage("bound -3 must be positive");
  }

  @Test
  void a_ratio_happens_as_often_as_it_says() {
    SeededRandom random = Seed.DEFAULT.stream("ratio");
    Ratio third = Ratio.of(1, 3);
    int happened = 0;
    for (int i = 0; i < 30_000; i++) {
      happened += third.happens(random) ? 1 : 0;
      assertThat(Ratio.of(0, 5).happens(random)).isFalse();
      assertThat(Ratio.of(5, 5).happens(random)).isTrue();
    }

    assertThat(happened).isBetween(9_700, 10_300);
    assertThat(third).hasToString("1/3");
  }

  @Test
  void a_ratio_lies_between_none_and_all() {
    assertThat(Ratio.of(1, 1)).hasToString("1/1");
    assertThatThrownBy(() -> Ratio.of(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ratio 3/2 is not between 0/1 and 1/1");
    assertThatThrownBy(() -> Ratio.of(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ratio.of(0, 0)).hasMessage("ratio 0/0 is not between 0/1 and 1/1");
  }

  /**
   * Three quarters of all numbers: what is left over would make the lowest third twice as likely.
   */
  @Test
  void no_value_below_a_large_bound_is_likelier_than_the_others() {
    SeededRandom random = Seed.DEFAULT.stream("large");
    long third = 1L << 61;
    int lowest = 0;
    for (int i = 0; i < 30_000; i++) {
      lowest += random.nextLong(3 * third) < third ? 1 : 0;
    }

    assertThat(lowest).isBetween(9_700, 10_300);
  }

  @Test
  void no_two_seeds_share_the_stream_of_a_purpose() {
    Set<Long> first = new LinkedHashSet<>();
    for (int seed = 0; seed < 1_000; seed++) {
      first.add(Seed.of(seed).stream("loss").nextLong());
    }

    assertThat(first).hasSize(1_000);
  }
}
