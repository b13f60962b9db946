package dev.spillway.emulator.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What tokens are signed with: RSA, made once per start, when it is first needed, and told nobody.
 */
final class SigningKey {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int BITS = 2048;
  private static final int ID_BYTES = 20; // as long as Entra's, which are SHA-1

  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable KeyPair made;

  private KeyPair pair() {
    KeyPair pair = made;
    return pair != null ? pair : makeOnce();
  }

  private KeyPair makeOnce() {
    making.lock();
    try {
      KeyPair pair = made;
      if (pair == null) {
        pair = make();
        made = pair;
      }
      return pair;
    } finally {
      making.unlock();
    }
  }

  private static KeyPair make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no RSA key can be made", e);
    }
  }

  private RSAPublicKey publicKey() {
    return (RSAPublicKey) pair().getPublic();
  }

  /** Names the key in a token's header. */
  String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey().getEncoded());
      return BASE64.encodeToString(Arrays.copyOf(digest, ID_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String modulus() {
    return encode(publicKey().getModulus());
  }

  String exponent() {
    return encode(publicKey().getPublicExponent());
  }

  private static String encode(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return BASE64.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes); // without the sign
  }

  /** RS256. */
  byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair().getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("nothing can be signed", e);
    }
  }

  boolean signed(byte[] text, byte[] signature) {
    try {
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(publicKey());
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // such as a signature of the wrong length
    }
  }
}
