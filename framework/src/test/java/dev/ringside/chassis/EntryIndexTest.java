// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.packet.MacAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every address is found that was put in and not taken out, however many there are. */
class EntryIndexTest {

  private static final long FIRST_MAC = MacAddress.of("02:52:53:00:00:00").bits();

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final EntryIndex index = new EntryIndex();
  private final Map<Long, EntryIndex.Row> twin = new LinkedHashMap<>();
  private SwitchingEntry entry;

  @BeforeEach
  void a_virtual_machine_on_a_blade() {
    LabBuilder builder = Lab.builder();
    builder.chassis("c1").blade("b1").vms("web");
    Lab lab = labs.open(builder);
    entry = new SwitchingEntry(lab.vm("web"), lab.blade("b1"));
  }

  private void put(int vlan, int number) {
    long key = EntryIndex.key(vlan, FIRST_MAC + number);
    EntryIndex.Row row = new EntryIndex.Row(key, entry, number);
    index.put(row);
    twin.put(key, row);
  }

  private void remove(int vlan, int number) {
    long key = EntryIndex.key(vlan, FIRST_MAC + number);
    index.remove(key);
    twin.remove(key);
  }

  private void check() {
    for (int vlan = 1; vlan <= 3; vlan++) {
      for (int number = 0; number < 110; number++) {
        long key = EntryIndex.key(vlan, FIRST_MAC + number);
        assertThat(index.find(key)).isSameAs(twin.get(key));
      }
    }
  }

  @Test
  void all_are_found_and_nothing_else() {
    check();
    for (int i = 0; i < 100; i++) {
      put(1 + i % 2, i);
      put(3, i);
    }
    check();
  }

  @Test
  void the_last_word_on_an_address_counts() {
    for (int i = 0; i < 7; i++) {
      put(1, i);
    }
    for (int i = 0; i < 50; i++) {
      put(1, i % 7); // no more room is taken
    }
    check();
    for (int i = 7; i < 20; i++) {
      put(1, i);
    }
    check();
  }

  @Test
  void what_was_taken_out_is_found_no_longer_and_all_else_still_is() {
    for (int i = 0; i < 60; i++) {
      put(1, i);
    }
    for (int i = 0; i < 60; i += 3) {
      remove(1, i);
      remove(1, 70 + i % 7); // was never there
    }
    check();
    for (int round = 0; round < 40; round++) { // room is given back
      put(2, round);
      remove(2, round);
    }
    check();
  }

  @Test
  void the_same_address_in_another_vlan_is_another_one() {
    assertThat(EntryIndex.key(1, FIRST_MAC)).isEqualTo(0x0001_0252_5300_0000L);
    assertThat(EntryIndex.key(4_094, FIRST_MAC)).isEqualTo(0x0ffe_0252_5300_0000L);
  }
}
