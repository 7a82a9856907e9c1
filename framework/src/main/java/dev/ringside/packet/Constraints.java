// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a {@link PacketSpec} says: fields with a value each, in the order in which it was said. */
final class Constraints {

  static final Constraints NONE = new Constraints(new Object[0]);

  /** Fields and values by turns, in one array: there may be a million of these in a flow table. */
  private final Object[] items;

  private Constraints(Object[] items) {
    this.items = items;
  }

  int size() {
    return items.length / 2;
  }

  Field field(int index) {
    return (Field) items[2 * index];
  }

  Object value(int index) {
    return items[2 * index + 1];
  }

  private int indexOf(Field field) {
    for (int i = 0; i < items.length; i += 2) {
      if (items[i] == field) {
        return i;
      }
    }
    return -1;
  }

  boolean has(Field field) {
    return indexOf(field) >= 0;
  }

  @Nullable Object get(Field field) {
    int index = indexOf(field);
    return index < 0 ? null : items[index + 1];
  }

  /** The value of a field of numbers. */
  long number(Field field, long otherwise) {
    return get(field) instanceof Long number ? number : otherwise;
  }

  int integer(Field field, int otherwise) {
    return (int) number(field, otherwise);
  }

  /** With this value; an earlier one for the field gives way and keeps its place. */
  Constraints with(Field field, Object value) {
    int index = indexOf(field);
    int size = index < 0 ? items.length + 2 : items.length;
    index = index < 0 ? items.length : index;
    Object[] newItems = Arrays.copyOf(items, size);
    newItems[index] = field;
    newItems[index + 1] = value;
    return new Constraints(newItems);
  }

  /**
   * With this number.
   *
   * @throws IllegalArgumentException if the field does not hold it
   */
  Constraints with(Field field, long number) {
    if (number < 0 || number > field.maximum) {
      throw new IllegalArgumentException(
          field.label + " " + number + " is not in 0 to " + field.maximum);
    }
    return with(field, (Object) number);
  }

  Constraints without(Field field) {
    int index = indexOf(field);
    if (index < 0) {
      return this;
    }
    int size = items.length - 2;
    Object[] newItems = Arrays.copyOf(items, size);
    System.arraycopy(items, index + 2, newItems, index, size - index);
    return new Constraints(newItems);
  }

  /** With this value, unless the field has one. */
  Constraints orElse(Field field, Object value) {
    return has(field) ? this : with(field, value);
  }
}
