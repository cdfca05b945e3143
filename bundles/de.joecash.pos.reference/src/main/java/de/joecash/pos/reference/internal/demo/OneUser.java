package de.joecash.pos.reference.internal.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;

/** The FTP server's only user: may do everything in its home, and nothing outside. Its password is kept as a hash. */
final class OneUser implements UserManager, User {
    private static final int ROUNDS = 20_000;
    private static final int BITS = 256;

    private final String name;
    private final Path home;
    private final byte[] salt = new byte[16];
    private final byte[] hash;

    OneUser(String name, Path home, String password) {
        this.name = name;
        this.home = home;
        new SecureRandom().nextBytes(salt);
        this.hash = hash(password);
    }

    private byte[] hash(String password) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, ROUNDS, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            key.clearPassword();
        }
    }

    @Override
    public User authenticate(Authentication authentication) throws AuthenticationFailedException {
        if (authentication instanceof UsernamePasswordAuthentication login
                && login.getUsername() != null
                && login.getPassword() != null
                && MessageDigest.isEqual(utf8(login.getUsername()), utf8(name))
                && MessageDigest.isEqual(hash(login.getPassword()), hash)) {
            return this;
        }
        throw new AuthenticationFailedException("Wrong user or password");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public User getUserByName(String asked) {
        return doesExist(asked) ? this : null;
    }

    @Override
    public String[] getAllUserNames() {
        return new String[] {name};
    }

    @Override
    public boolean doesExist(String asked) {
        return name.equals(asked);
    }

    @Override
    public void delete(String asked) throws FtpException {
        throw new FtpException("The demo has one user, and keeps it");
    }

    @Override
    public void save(User user) throws FtpException {
        throw new FtpException("The demo has one user, and keeps it");
    }

    @Override
    public String getAdminName() {
        return "";
    }

    @Override
    public boolean isAdmin(String asked) {
        return false;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getPassword() {
        return null;
    }

    @Override
    public List<? extends Authority> getAuthorities() {
        return List.of();
    }

    @Override
    public List<? extends Authority> getAuthorities(Class<? extends Authority> type) {
        return List.of();
    }

    @Override
    public AuthorizationRequest authorize(AuthorizationRequest request) {
        return request;
    }

    @Override
    public int getMaxIdleTime() {
        return 300;
    }

    @Override
    public boolean getEnabled() {
        return true;
    }

    @Override
    public String getHomeDirectory() {
        return home.toString();
    }

    @Override
    public String toString() {
        return "OneUser[" + name + "]";
    }
}
