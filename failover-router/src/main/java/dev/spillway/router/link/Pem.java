package dev.spillway.router.link;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and private keys as they are usually kept: {@code PRIVATE KEY} (PKCS#8),
 * {@code RSA PRIVATE KEY} (PKCS#1) and {@code EC PRIVATE KEY} (SEC 1), none of them encrypted.
 *
 * <p>A complaint is an {@link IllegalArgumentException} that goes on after "names the file x".
 */
public final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final byte[] SAMPLE = "does the key fit?".getBytes(StandardCharsets.US_ASCII);

  private record Block(String kind, String content) {

    byte[] bytes() {
      try {
        return Base64.getMimeDecoder().decode(content.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("in which a " + kind + " is damaged", e);
      }
    }
  }

  private Pem() {}

  /** Every certificate of a file, at least one. */
  public static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.kind().equals("CERTIFICATE")) {
        found.add(certificate(block));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("in which there is no certificate");
    }
    return List.copyOf(found);
  }

  private static X509Certificate certificate(Block block) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("in which a CERTIFICATE is damaged", e);
    }
  }

  /** The private key of a certificate. */
  public static PrivateKey keyOf(X509Certificate owner, Path file) {
    for (Block block : blocks(file)) {
      if (block.kind().startsWith("ENCRYPTED") || block.content().contains("Proc-Type")) {
        throw new IllegalArgumentException(
            "in which the key is encrypted; 'openssl pkey' writes it as it is needed here");
      }
      if (block.kind().endsWith("PRIVATE KEY")) {
        return fitting(owner.getPublicKey(), block);
      }
    }
    throw new IllegalArgumentException("in which there is no private key");
  }

  private static PrivateKey fitting(PublicKey owner, Block block) {
    try {
      byte[] pkcs8 =
          block.kind().equals("PRIVATE KEY")
              ? block.bytes()
              : wrapped(algorithm(owner.getEncoded()), block.bytes());
      PrivateKey key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (fits(key, owner)) {
        return key;
      }
    } catch (GeneralSecurityException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("whose key is not the certificate's", e);
    }
    throw new IllegalArgumentException("whose key is not the certificate's");
  }

  private static boolean fits(PrivateKey key, PublicKey owner) throws GeneralSecurityException {
    String name =
        switch (owner.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> owner.getAlgorithm();
        };
    Signature signature = Signature.getInstance(name);
    signature.initSign(key);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(owner);
    signature.update(SAMPLE);
    return signature.verify(signed);
  }

  /** {@code SEQUENCE {0, algorithm, OCTET STRING {key}}}. */
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    byte[] version = {2, 1, 0};
    return der(0x30, version, algorithm, der(0x04, key));
  }

  /** The first element of the sequence that a public key is. */
  private static byte[] algorithm(byte[] publicKey) {
    int start = content(publicKey, 0);
    int end = content(publicKey, start) + length(publicKey, start);
    return Arrays.copyOfRange(publicKey, start, end);
  }

  private static int content(byte[] der, int element) {
    return element + 2 + ((der[element + 1] & 0x80) == 0 ? 0 : der[element + 1] & 0x7f);
  }

  private static int length(byte[] der, int element) {
    if ((der[element + 1] & 0x80) == 0) {
      return der[element + 1];
    }
    int length = 0;
    for (int i = element + 2; i < content(der, element); i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      element.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(length >> (8 * i));
      }
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  private static List<Block> blocks(Path file) {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("which does not exist", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("which cannot be read: " + e.getMessage(), e);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
