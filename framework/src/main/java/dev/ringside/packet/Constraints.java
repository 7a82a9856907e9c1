// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a {@link PacketSpec} says: fields with a value each, in the order in which it was said. */
final class Constraints {

  static final Constraints NONE = new Constraints(new Field[0], new Object[0]);

  private final Field[] fields;
  private final Object[] values;

  private Constraints(Field[] fields, Object[] values) {
    this.fields = fields;
    this.values = values;
  }

  int size() {
    return fields.length;
  }

  Field field(int index) {
    return fields[index];
  }

  Object value(int index) {
    return values[index];
  }

  private int indexOf(Field field) {
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] == field) {
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
    return index < 0 ? null : values[index];
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
    int size = index < 0 ? fields.length + 1 : fields.length;
    index = index < 0 ? fields.length : index;
    Field[] newFields = Arrays.copyOf(fields, size);
    Object[] newValues = Arrays.copyOf(values, size);
    newFields[index] = field;
    newValues[index] = value;
    return new Constraints(newFields, newValues);
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
    int size = fields.length - 1;
    Field[] newFields = Arrays.copyOf(fields, size);
    Object[] newValues = Arrays.copyOf(values, size);
    System.arraycopy(fields, index + 1, newFields, index, size - index);
    System.arraycopy(values, index + 1, newValues, index, size - index);
    return new Constraints(newFields, newValues);
  }

  /** With this value, unless the field has one. */
  Constraints orElse(Field field, Object value) {
    return has(field) ? this : with(field, value);
  }
}
