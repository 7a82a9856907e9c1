// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AddressSetTest {

  private static final int FEW_ADDRESSES = 12;
  private static final int MANY_ADDRESSES = 300;

  private static void followsATree(int addresses, int steps, int seed) {
    Random random = new Random(seed);
    TreeSet<Long> twin = new TreeSet<>();
    long[] set = AddressSet.NONE;
    for (int step = 0; step < steps; step++) {
      long address = 0x0252_5301_0000L + 0x100 * random.nextInt(addresses);
      if (random.nextInt(5) < (step / 500 % 2 == 0 ? 3 : 1)) { // it grows, then it shrinks
        twin.add(address);
        set = AddressSet.with(set, address);
      } else {
        twin.remove(address);
        set = AddressSet.without(set, address);
      }
      assertThat(AddressSet.contains(set, address)).isEqualTo(twin.contains(address));
      if (step % 50 == 0) {
        for (int i = 0; i < addresses; i++) {
          long each = 0x0252_5301_0000L + 0x100 * i;
          assertThat(AddressSet.contains(set, each)).isEqualTo(twin.contains(each));
        }
      }
    }
  }

  @Test
  void few_addresses_come_and_go() {
    followsATree(FEW_ADDRESSES, 2_000, 1);
  }

  @Test
  void many_addresses_come_and_go() {
    followsATree(MANY_ADDRESSES, 20_000, 2);
  }

  @Test
  void a_table_of_which_all_are_taken_out_is_the_empty_set() {
    long[] set = AddressSet.NONE;
    for (long address = 0; address < 40; address++) {
      set = AddressSet.with(set, address);
      set = AddressSet.with(set, address);
    }
    assertThat(set[0]).isEqualTo(40);
    for (long address = 0; address < 40; address++) {
      set = AddressSet.without(set, address);
    }
    assertThat(set).isSameAs(AddressSet.NONE);
  }
}
