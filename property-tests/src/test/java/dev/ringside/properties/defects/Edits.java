// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of edits. Calls and fields are named by their own name, or with the simple name of
 * their class in front: {@code Client.unmap}, {@code used}.
 */
final class Edits {

  private Edits() {}

  /** A call is left out; where its result is used, there is 0, false or null. */
  static Edit without(String call) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (!isNamed(call, owner, name)) {
              super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
              return;
            }
            changes.run();
            Type[] arguments = Type.getArgumentTypes(descriptor);
            for (int i = arguments.length - 1; i >= 0; i--) {
              pop(arguments[i]);
            }
            if (opcode != Opcodes.INVOKESTATIC) {
              visitInsn(Opcodes.POP);
            }
            pushDefault(Type.getReturnType(descriptor));
          }
        };
  }

  /** A call is made, but its answer is taken for this one: 0 or false, 1 or true. */
  static Edit answered(String call, int answer) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            if (isNamed(call, owner, name)) {
              changes.run();
              pop(Type.getReturnType(descriptor));
              super.visitIntInsn(Opcodes.SIPUSH, answer);
              if (Type.getReturnType(descriptor) == Type.LONG_TYPE) {
                super.visitInsn(Opcodes.I2L);
              }
            }
          }
        };
  }

  /** A call is made twice; the first answer is lost. */
  static Edit twice(String call) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (isNamed(call, owner, name)) {
              changes.run();
              boolean ofObject = opcode != Opcodes.INVOKESTATIC;
              store(ofObject, descriptor);
              load(ofObject, descriptor);
              super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
              pop(Type.getReturnType(descriptor));
              load(ofObject, descriptor);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
          }
        };
  }

  /** The last two arguments of a call, both one word long, change places. */
  static Edit swapped(String call) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (isNamed(call, owner, name)) {
              changes.run();
              super.visitInsn(Opcodes.SWAP);
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
          }
        };
  }

  /** A call without result is made after another one that follows it. */
  static Edit delayed(String call, String behind) {
    return (method, next, changes) ->
        new Instructions(next) {
          private @Nullable Runnable due;

          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean ofObject = opcode != Opcodes.INVOKESTATIC;
            if (isNamed(call, owner, name)) {
              store(ofObject, descriptor);
              due =
                  () -> {
                    load(ofObject, descriptor);
                    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                  };
              return;
            }
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            if (due != null && isNamed(behind, owner, name)) {
              changes.run();
              due.run();
              due = null;
            }
          }
        };
  }

  /** Another method of the same class, with the same parameters and result, is called instead. */
  static Edit insteadOf(String call, String other) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitMethodInsn(
              int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean meant = isNamed(call, owner, name);
            if (meant) {
              changes.run();
            }
            String called = meant ? other : name;
            super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
          }
        };
  }

  /** A method of the object itself, without parameters and result, is called first of all. */
  static Edit first(String call) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitCode() {
            super.visitCode();
            changes.run();
            callOwn(method, call);
          }
        };
  }

  /** A method of the object itself is called first of all, with what one of its fields holds. */
  static Edit first(String call, String field, String type) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitCode() {
            super.visitCode();
            changes.run();
            String owner = method.getDeclaringType().asErasure().getInternalName();
            String descriptor = "L" + type.replace('.', '/') + ';';
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitFieldInsn(Opcodes.GETFIELD, owner, field, descriptor);
            super.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, owner, call, "(" + descriptor + ")V", false);
          }
        };
  }

  /** The question of this number, from 1, is answered the other way round. */
  static Edit opposite(int number) {
    return (method, next, changes) ->
        new Instructions(next) {
          private int seen;

          @Override
          public void visitJumpInsn(int opcode, Label label) {
            boolean meant = opcode != Opcodes.GOTO && ++seen == number;
            if (meant) {
              changes.run();
            }
            super.visitJumpInsn(meant ? oppositeOf(opcode) : opcode, label);
          }
        };
  }

  /** A comparison is another one. */
  static Edit jump(int was, int is) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitJumpInsn(int opcode, Label label) {
            if (opcode == was) {
              changes.run();
            }
            super.visitJumpInsn(opcode == was ? is : opcode, label);
          }
        };
  }

  /** An instruction that works on the stack only is another one. */
  static Edit opcode(int was, int is) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitInsn(int opcode) {
            if (opcode == was) {
              changes.run();
            }
            super.visitInsn(opcode == was ? is : opcode);
          }
        };
  }

  /** A field is not written. */
  static Edit unwritten(String field) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.PUTFIELD && isNamed(field, owner, name)) {
              changes.run();
              pop(Type.getType(descriptor));
              visitInsn(Opcodes.POP);
            } else {
              super.visitFieldInsn(opcode, owner, name, descriptor);
            }
          }
        };
  }

  /** A field reads as 0, false or null. */
  static Edit unread(String field) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.GETFIELD && isNamed(field, owner, name)) {
              changes.run();
              visitInsn(Opcodes.POP);
              pushDefault(Type.getType(descriptor));
            } else {
              super.visitFieldInsn(opcode, owner, name, descriptor);
            }
          }
        };
  }

  /** The method does nothing and returns this: 0 or false, 1 or true, or null. */
  static Edit returns(int value) {
    return (method, next, changes) ->
        new Instructions(next) {
          @Override
          public void visitCode() {
            super.visitCode();
            changes.run();
            Type result = Type.getType(method.getReturnType().asErasure().getDescriptor());
            pushDefault(result);
            if (value != 0) {
              super.visitInsn(Opcodes.POP);
              super.visitIntInsn(Opcodes.BIPUSH, value);
            }
            super.visitInsn(result.getOpcode(Opcodes.IRETURN));
          }
        };
  }

  private static boolean isNamed(String wanted, String owner, String name) {
    String simple = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1);
    return wanted.equals(name) || wanted.equals(simple + '.' + name);
  }

  private static int oppositeOf(int jump) {
    return switch (jump) {
      case Opcodes.IFNULL -> Opcodes.IFNONNULL;
      case Opcodes.IFNONNULL -> Opcodes.IFNULL;
      default -> (jump - 1 ^ 1) + 1; // IFEQ = 153 and IFNE = 154 are neighbours, and so on
    };
  }

  /** Passes on what it is not told to change. */
  private static class Instructions extends MethodVisitor {

    private static final int VARIABLES = 200;

    Instructions(MethodVisitor next) {
      super(OpenedClassReader.ASM_API, next);
    }

    final void pop(Type type) {
      if (type.getSort() != Type.VOID) {
        super.visitInsn(type.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      }
    }

    /** Puts the arguments, and the object in front of them, where no method has its variables. */
    final void store(boolean ofObject, String descriptor) {
      Type[] arguments = Type.getArgumentTypes(descriptor);
      for (int i = arguments.length - 1; i >= 0; i--) {
        super.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), VARIABLES + 2 * i);
      }
      if (ofObject) {
        super.visitVarInsn(Opcodes.ASTORE, VARIABLES - 1);
      }
    }

    final void load(boolean ofObject, String descriptor) {
      Type[] arguments = Type.getArgumentTypes(descriptor);
      if (ofObject) {
        super.visitVarInsn(Opcodes.ALOAD, VARIABLES - 1);
      }
      for (int i = 0; i < arguments.length; i++) {
        super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), VARIABLES + 2 * i);
      }
    }

    final void pushDefault(Type type) {
      switch (type.getSort()) {
        case Type.VOID -> {}
        case Type.LONG -> super.visitInsn(Opcodes.LCONST_0);
        case Type.DOUBLE -> super.visitInsn(Opcodes.DCONST_0);
        case Type.FLOAT -> super.visitInsn(Opcodes.FCONST_0);
        case Type.ARRAY, Type.OBJECT -> super.visitInsn(Opcodes.ACONST_NULL);
        default -> super.visitInsn(Opcodes.ICONST_0);
      }
    }

    final void callOwn(MethodDescription caller, String name) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      String owner = caller.getDeclaringType().asErasure().getInternalName();
      super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, name, "()V", false);
    }
  }
}
